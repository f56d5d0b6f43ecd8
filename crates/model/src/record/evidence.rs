//! Where a value came from and what was done to it.

use crate::pointer::Pointer;
use crate::reading::Trust;
use crate::units::geometry::Rect;
use schemars::JsonSchema;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in the source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Place {
    /// On a page.
    Box(BoxPlace),
    /// In a text source.
    Line(LinePlace),
    /// In the bytes of the file.
    Bytes(BytePlace),
    /// In a cell of a sheet.
    Cell(SheetPlace),
}

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetPlace {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell: B7.
    pub cell: String,
}

/// A place on a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoxPlace {
    /// Page, from 1.
    pub page: u32,
    /// Left, top, right and bottom in points; origin top left of the page as shown, y down.
    #[serde(rename = "box")]
    #[schemars(with = "[f64; 4]")]
    pub rect: Rect,
}

/// A place on one line of a text source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinePlace {
    /// Line, from 1.
    pub line: u32,
    /// First column and one past the last, in characters from 1.
    pub columns: [u32; 2],
}

/// A place in the bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BytePlace {
    /// First byte and one past the last, from 0.
    pub bytes: [u64; 2],
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// As in the source; a line feed where the source broke the line or the cell.
    pub raw: String,
    /// Where it stands.
    pub at: Vec<Place>,
    /// What was done to the raw text.
    pub edits: Vec<EditNote>,
    /// Chance that the value is right, null unless something measured it.
    pub confidence: Option<f64>,
}

/// One change from raw text to value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditNote {
    /// Name of the rule.
    pub rule: String,
    /// Whether it may be wrong.
    pub trust: Trust,
    /// First byte and one past the last in `raw` (UTF-8).
    pub raw: [u32; 2],
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// Evidence by JSON Pointer, in the order of the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvidenceMap(pub Vec<(Pointer, Evidence)>);

impl Serialize for EvidenceMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (pointer, evidence) in &self.0 {
            map.serialize_entry(pointer, evidence)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for EvidenceMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = EvidenceMap;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("evidence by JSON Pointer")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EvidenceMap, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0));
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(EvidenceMap(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

impl JsonSchema for EvidenceMap {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EvidenceMap".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let entry = generator.subschema_for::<Evidence>();
        schemars::json_schema!({ "type": "object", "description": "Evidence by JSON Pointer.", "additionalProperties": entry })
    }
}
