// The program and the example case: a copy of the site in a folder of its own, built or served by the real binary.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** The repository, which is the example case. */
export const REPOSITORY = path.resolve(import.meta.dirname, "../..");

/** The program: what CASEBOOK_BIN names, else the newest that was built here. */
const PROGRAM = process.env.CASEBOOK_BIN ?? newest(["release", "debug"].map((name) => path.join(REPOSITORY, "target", name, "casebook")));

function newest(programs) {
  const age = (file) => fs.statSync(file).mtimeMs;
  const [first] = programs.filter((file) => fs.existsSync(file)).sort((a, b) => age(b) - age(a));
  if (!first) throw new Error("no program: run `cargo build`, or name one in CASEBOOK_BIN");
  return first;
}

const scratch = [];
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
process.on("exit", () => scratch.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** Makes an empty folder that goes when the process ends. */
export function folder() {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "casebook-test-"));
  scratch.push(made);
  return made;
}

/** Copies the example case, with the themes of this repository. */
export function copy() {
  const root = folder();
  for (const name of ["casebook.toml", "secrets.txt", "content", "themes"]) {
    fs.cpSync(path.join(REPOSITORY, name), path.join(root, name), { recursive: true });
  }
  return root;
}

/** Changes a line of a site's configuration. */
export function configure(root, key, value) {
  const file = path.join(root, "casebook.toml");
  const text = fs.readFileSync(file, "utf8");
  const line = new RegExp(`^${key} = .*$`, "m");
  if (!line.test(text)) throw new Error(`casebook.toml has no ${key}`);
  fs.writeFileSync(file, text.replace(line, `${key} = ${value}`));
}

/** Builds a site and returns its output folder. */
export function build(root, ...options) {
  const output = path.join(folder(), "public");
  const run = spawnSync(PROGRAM, ["--root", root, "build", "--output", output, ...options], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`build ended with ${run.status}:\n${run.stderr}`);
  return output;
}

/** Serves a site on a free port. Returns the URL that it prints, without its last slash, and a way to end it. */
export async function serve(root, ...options) {
  const child = spawn(PROGRAM, ["--root", root, "serve", "--port", "0", ...options], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let said = "";
  const url = await new Promise((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
      const found = said.match(/serving (http:\/\/\S+)/);
      if (found) resolve(found[1].replace(/\/$/, ""));
    });
    child.once("error", reject);
    ended.then((code) => reject(new Error(`serve ended with ${code}:\n${said}`)));
  });
  process.on("exit", () => child.kill("SIGKILL"));
  const stop = async () => {
    child.kill("SIGINT");
    return ended;
  };
  return { url, stop, said: () => said };
}

/** Lists the files below a folder by their names within it, sorted; hidden ones are left out. */
export function files(below, ending = "") {
  const found = fs.readdirSync(below, { recursive: true, withFileTypes: true });
  const names = found.filter((entry) => entry.isFile()).map((entry) => path.relative(below, path.join(entry.parentPath, entry.name)));
  return names.map((name) => name.replaceAll(path.sep, "/")).filter((name) => name.endsWith(ending) && !/(^|\/)\./.test(name)).sort();
}

/** Tells whether a page only leads elsewhere. */
export function isRedirect(site, route) {
  return /http-equiv="refresh"/i.test(fs.readFileSync(path.join(site, route), "utf8"));
}

/** Returns a page of each type: every page at the top but 404.html, which is for hosts, and the largest of each folder. */
export function ofEachType(site) {
  const largest = new Map();
  for (const route of files(site, ".html").filter((route) => route !== "404.html" && !isRedirect(site, route))) {
    const type = route.includes("/") ? route.slice(0, route.indexOf("/")) : route;
    const { size } = fs.statSync(path.join(site, route));
    if (size > (largest.get(type)?.size ?? 0)) largest.set(type, { route, size });
  }
  return [...largest.values()].map(({ route }) => route).sort();
}
