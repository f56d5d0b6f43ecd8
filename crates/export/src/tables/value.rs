//! What stands in a cell.

/// A value of a cell. Lists are kept as lists: each format joins, splits or nests them by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// Text, also numbers that are names: codes, labels, hashes.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Texts in order.
    List(Vec<String>),
    /// Several parts at a time, in order: a post and a name.
    Parts(Vec<Vec<String>>),
}

impl Value {
    /// A text, or nothing.
    pub(crate) fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    /// A number, or nothing.
    pub(crate) fn integer(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::Null, |number| Self::Integer(number.into()))
    }

    /// Whether nothing stands there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Parts(list) => list.is_empty(),
            Self::Integer(_) | Self::Number(_) => false,
        }
    }

    /// As one text: lists one entry a line, parts put together by `glue`.
    #[must_use]
    pub fn flat(&self, glue: &str) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::List(list) => list.join("\n"),
            Self::Parts(list) => {
                let entry = |parts: &Vec<String>| parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(glue);
                list.iter().map(entry).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_one_entry_a_line() {
        let authors = Value::Parts(vec![vec!["市民部長".into(), "玉木 実".into()], vec![String::new(), "山田".into()]]);
        assert_eq!(authors.flat(" "), "市民部長 玉木 実\n山田");
        assert_eq!(Value::List(vec!["一".into(), "二".into()]).flat(""), "一\n二");
    }
}
