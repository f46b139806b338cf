//! stub
/// stub
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edtf;
/// stub
#[derive(Debug)]
pub struct Fault { /// m
    pub message: String, /// h
    pub help: Option<String> }
impl Edtf { /// p
    pub fn parse(_: &str) -> Result<Edtf, Fault> { Ok(Edtf) }
    /// e
    pub fn earliest(&self) -> i64 { 0 } 
    /// e
    pub fn order(&self) -> i64 { 0 } 
}
