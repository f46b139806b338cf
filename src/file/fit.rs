//! Blocks of memory that are as large as what is in them, for what is kept as long as a site.
//!
//! `shrink_to_fit` leaves a block as it is where less than half of it is free: mimalloc counts that as fitting. What is
//! kept of ten thousand texts is moved into blocks of its own size instead.

/// What may have set more memory aside than it needs.
pub trait Fit {
    /// Moves what is held into a block of its size, if it holds a larger one.
    fn fit(&mut self);
}

impl Fit for String {
    fn fit(&mut self) {
        if self.capacity() > self.len() {
            *self = String::from(self.as_str());
        }
    }
}

impl<T> Fit for Vec<T> {
    fn fit(&mut self) {
        if self.capacity() > self.len() {
            let mut fitted = Vec::with_capacity(self.len());
            fitted.append(self);
            *self = fitted;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fit;

    #[test]
    fn what_is_fitted_holds_the_same_in_no_more_than_its_size() {
        let mut text = String::with_capacity(100);
        text.push_str("Ada");
        text.fit();
        assert_eq!((text.as_str(), text.capacity()), ("Ada", 3));
        let mut list = Vec::with_capacity(4);
        list.push(text);
        list.fit();
        assert_eq!((list.capacity(), list.as_slice()), (1, &["Ada".to_owned()][..]));
    }
}
