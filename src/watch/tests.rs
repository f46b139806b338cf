//! The traps of watching, each on a real folder.

use std::fs::{self, File};
use std::io::Write as _;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::SystemTime;

use notify::{ErrorKind, Event, EventKind, RecursiveMode};
use tempfile::TempDir;

use super::*;

/// How long a test waits for what must happen.
const DEADLINE: Duration = Duration::from_secs(20);

/// A site's folder that is watched from a thread of its own.
struct Watched {
    folder: TempDir,
    changes: Receiver<(Changed, Mode)>,
    stop: Stop,
}

impl Watched {
    fn new(make: impl FnOnce(&Path) -> Watcher) -> Watched {
        let folder = tempfile::tempdir().unwrap();
        for path in ["content/people", "themes", "public", "aside"] {
            fs::create_dir_all(folder.path().join(path)).unwrap();
        }
        fs::write(folder.path().join("content/people/ada.md"), "one").unwrap();
        let watcher = make(folder.path());
        Watched::with(folder, watcher)
    }

    fn with(folder: TempDir, mut watcher: Watcher) -> Watched {
        let stop = watcher.stop();
        let (tell, changes) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(changed) = watcher.wait() {
                let mode = watcher.mode().clone();
                if tell.send((changed, mode)).is_err() {
                    break;
                }
            }
        });
        Watched { folder, changes, stop }
    }

    fn native() -> Watched {
        Watched::new(|root| {
            let watcher = Watcher::new(root, Interest::default()).unwrap();
            assert_eq!(watcher.mode(), &Mode::Native);
            watcher
        })
    }

    fn polling() -> Watched {
        Watched::new(|root| Watcher::polling(root, Interest::default(), Duration::from_millis(20)).unwrap())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn next(&self) -> Changed {
        self.changes.recv_timeout(DEADLINE).expect("a change is noticed").0
    }

    /// Waits until a change names `path`, or says that anything may have changed.
    fn until(&self, path: &str) {
        loop {
            let changed = self.next();
            if changed.rescan || changed.paths.contains(Path::new(path)) {
                return;
            }
        }
    }

    /// Waits until nothing more comes of what happened before: polling may tell of one edit twice.
    fn settle(&self) {
        while self.changes.recv_timeout(Duration::from_millis(150)).is_ok() {}
    }

    /// Makes an edit and checks that it, and nothing that came before it, is noticed.
    fn check_silence_until(&self, path: &str, edit: impl FnOnce(&Path)) {
        edit(&self.path(path));
        let changed = self.next();
        assert!(changed.rescan || changed.paths == BTreeSet::from([PathBuf::from(path)]), "{changed:?}");
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.stop.stop();
    }
}

/// Runs a test for both ways to notice changes.
fn both(test: impl Fn(&Watched)) {
    test(&Watched::native());
    test(&Watched::polling());
}

#[test]
fn an_edit_is_noticed_once_and_names_the_file() {
    let site = Watched::native();
    fs::write(site.path("content/people/ada.md"), "two").unwrap();
    assert_eq!(site.next().paths, BTreeSet::from([PathBuf::from("content/people/ada.md")]));
    assert!(site.changes.recv_timeout(Duration::from_millis(150)).is_err(), "nothing else happened");
}

#[test]
fn an_atomic_save_names_the_file_and_not_the_dropping() {
    both(|site| {
        fs::write(site.path("content/people/ada.md~"), "two").unwrap();
        fs::rename(site.path("content/people/ada.md~"), site.path("content/people/ada.md")).unwrap();
        site.check_silence_until("content/people/ada.md", |_| ());
    });
}

#[test]
fn a_file_is_never_handed_out_emptied() {
    let site = Watched::native();
    let ada = site.path("content/people/ada.md");
    for _ in 0..20 {
        let mut file = File::create(&ada).unwrap();
        thread::sleep(Duration::from_millis(40));
        file.write_all(b"two").unwrap();
        drop(file);
        site.until("content/people/ada.md");
        assert_eq!(fs::read_to_string(&ada).unwrap(), "two");
        assert!(site.changes.try_recv().is_err(), "the emptied file was handed out");
    }
}

#[test]
fn a_folder_of_interest_that_is_removed_and_comes_back_is_watched_again() {
    both(|site| {
        // No state comes twice: between two comparisons, polling could not tell it from the one before.
        for round in 0..5 {
            fs::remove_dir_all(site.path("content")).unwrap();
            fs::create_dir_all(site.path(&format!("content/people-{round}"))).unwrap();
            site.until("content");
            site.settle();
            let bea = format!("content/people-{round}/bea.md");
            fs::write(site.path(&bea), "here").unwrap();
            site.until(&bea);
        }
    });
}

#[test]
fn a_folder_of_interest_that_appears_later_is_watched() {
    both(|site| {
        fs::create_dir_all(site.path("templates/deep/deeper")).unwrap();
        site.until("templates");
        site.settle();
        fs::write(site.path("templates/deep/deeper/a.html"), "x").unwrap();
        site.until("templates/deep/deeper/a.html");
    });
}

#[test]
fn a_folder_that_is_moved_within_the_site_goes_on_being_watched() {
    both(|site| {
        fs::rename(site.path("content/people"), site.path("content/persons")).unwrap();
        site.until("content/persons");
        site.settle();
        fs::write(site.path("content/persons/ada.md"), "three").unwrap();
        site.until("content/persons/ada.md");
    });
}

#[test]
fn configuration_and_secrets_may_appear_and_vanish() {
    both(|site| {
        for file in ["casebook.toml", "secrets.txt"] {
            fs::write(site.path(file), "x").unwrap();
            site.until(file);
            site.settle();
            fs::remove_file(site.path(file)).unwrap();
            site.until(file);
        }
    });
}

#[test]
fn output_hidden_files_and_other_folders_start_nothing() {
    both(|site| {
        for path in ["public/index.html", "content/.hidden.md", "notes.txt", "aside/x.md", "content/ada.md.swp"] {
            fs::write(site.path(path), "x").unwrap();
        }
        fs::create_dir_all(site.path("content/.obsidian")).unwrap();
        fs::write(site.path("content/.obsidian/workspace.json"), "x").unwrap();
        fs::read_to_string(site.path("content/people/ada.md")).unwrap();
        site.check_silence_until("content/people/ada.md", |ada| fs::write(ada, "two").unwrap());
    });
}

#[test]
fn an_edit_that_keeps_size_and_time_is_noticed() {
    both(|site| {
        let ada = site.path("content/people/ada.md");
        let time = fs::metadata(&ada).unwrap().modified().unwrap();
        fs::write(&ada, "two").unwrap();
        File::options().append(true).open(&ada).unwrap().set_modified(time).unwrap();
        site.until("content/people/ada.md");
        assert!(fs::metadata(&ada).unwrap().modified().unwrap() <= SystemTime::now());
    });
}

#[test]
fn a_hundred_thousand_notices_are_one_change() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = Arc::new(Inputs::new(folder.path(), Interest::default()).unwrap());
    let pending = Arc::new(Pending::default());
    let tell = native::listener(Arc::clone(&inputs), Arc::clone(&pending));
    for n in 0..100_000 {
        tell(Ok(Event::new(EventKind::Any).add_path(inputs.root().join(format!("content/{n}.md")))));
    }
    assert!(pending.gather().unwrap().into_changed(&inputs).rescan);
    pending.stop();
    assert_eq!(pending.gather().unwrap_err(), Stopped, "nothing is left over");
}

#[cfg(unix)]
#[test]
fn what_a_link_inside_the_site_leads_to_is_watched() {
    both(|site| {
        std::os::unix::fs::symlink("../aside", site.path("content/aside")).unwrap();
        site.until("content/aside");
        site.settle();
        fs::write(site.path("aside/storm.md"), "x").unwrap();
        site.until("aside/storm.md");
        site.settle();
        fs::remove_dir_all(site.path("aside")).unwrap();
        site.until("aside");
        site.settle();
        fs::create_dir(site.path("aside")).unwrap();
        site.until("aside");
    });
}

#[cfg(unix)]
#[test]
fn what_a_link_out_of_the_site_leads_to_is_not() {
    both(|site| {
        let outside = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), site.path("content/outside")).unwrap();
        std::os::unix::fs::symlink("..", site.path("content/round")).unwrap();
        site.until("content/round");
        site.settle();
        fs::write(outside.path().join("a.md"), "x").unwrap();
        site.check_silence_until("content/people/ada.md", |ada| fs::write(ada, "two").unwrap());
    });
}

/// A watcher that has a number of watches to give.
#[derive(Debug)]
struct Stingy(usize);

impl notify::Watcher for Stingy {
    fn new<F: notify::EventHandler>(_: F, _: notify::Config) -> notify::Result<Stingy> {
        Ok(Stingy(0))
    }

    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        self.0 = self.0.checked_sub(1).ok_or(notify::Error::new(ErrorKind::MaxFilesWatch))?;
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}

#[test]
fn without_a_watch_left_the_whole_tree_is_polled_and_it_is_said() {
    let refusal = |watches| {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        let inputs = Arc::new(Inputs::new(folder.path(), Interest::default()).unwrap());
        Native::new(inputs, Box::new(Stingy(watches))).err()
    };
    assert_eq!(refusal(0).as_deref(), Some("the system has no more watches to give"));
    assert_eq!(refusal(1).as_deref(), Some("the system has no more watches to give"));
    assert_eq!(refusal(2), None);
}

/// Watches with two watches to give, for the root and `content`, and returns how to send notices by hand.
fn by_hand() -> (Watched, impl Fn(notify::Result<Event>)) {
    let mut tell = None;
    let site = Watched::new(|root| {
        let inputs = Arc::new(Inputs::new(root, Interest::default()).unwrap());
        let pending = Arc::new(Pending::default());
        tell = Some(native::listener(Arc::clone(&inputs), Arc::clone(&pending)));
        let native = Native::new(Arc::clone(&inputs), Box::new(Stingy(3))).unwrap();
        Watcher { inputs, pending, source: Source::Native(native), mode: Mode::Native }
    });
    (site, tell.unwrap())
}

#[test]
fn the_limit_met_later_falls_back_to_polling_without_losing_a_change() {
    let (site, tell) = by_hand();
    tell(Err(notify::Error::new(ErrorKind::MaxFilesWatch)));
    let (changed, mode) = site.changes.recv_timeout(DEADLINE).unwrap();
    assert_eq!(changed, Changed::somewhere());
    assert_eq!(mode, Mode::Polling { why: "the system has no more watches to give".to_owned() });
    fs::write(site.path("content/people/ada.md"), "two").unwrap();
    assert_eq!(site.next(), Changed::somewhere());
}

#[test]
fn an_overflow_of_the_queue_ends_in_a_rescan() {
    let (site, tell) = by_hand();
    tell(Ok(Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan)));
    assert!(site.next().rescan);
}

#[test]
fn a_root_that_vanishes_falls_back_to_polling_and_heals() {
    let site = Watched::native();
    let root = site.folder.path().to_owned();
    fs::remove_dir_all(&root).unwrap();
    loop {
        let (changed, mode) = site.changes.recv_timeout(DEADLINE).unwrap();
        if changed.rescan && mode != Mode::Native {
            break;
        }
    }
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("content/ada.md"), "back").unwrap();
    assert_eq!(site.next(), Changed::somewhere());
}

#[test]
fn a_stopped_watcher_returns_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let watchers = [
        Watcher::new(folder.path(), Interest::default()).unwrap(),
        Watcher::polling(folder.path(), Interest::default(), Duration::from_secs(3600)).unwrap(),
    ];
    for mut watcher in watchers {
        let stop = watcher.stop();
        let waiting = thread::spawn(move || watcher.wait());
        stop.stop();
        assert_eq!(waiting.join().unwrap(), Err(Stopped));
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_with_path_and_verb() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nowhere");
    let error = Watcher::new(&missing, Interest::default()).err().expect("there is nothing").to_string();
    assert!(error.starts_with(&format!("cannot watch {}: ", missing.display())), "{error}");
}
