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
impl Edtf { /// x
 pub fn words(&self, _: &std::collections::BTreeMap<String,String>) -> String { String::new() } /// x
 pub fn machine(&self) -> Option<String> { None } /// x
 pub fn is_soft(&self) -> bool { false } /// x
 pub fn latest(&self) -> i64 {0} /// x
 pub fn year(&self) -> Option<i64> {None}
}
