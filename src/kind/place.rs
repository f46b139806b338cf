//! Places.

use std::borrow::Cow;

use super::Shape::{Number, Reference, Table, Text};
use super::{Field, Kind, field};

static LOCATION: &[Field] = &[
    field("lat", Number, "Degrees north, from -90 to 90.", "59.91").required(),
    field("lon", Number, "Degrees east, from -180 to 180.", "10.75").required().also(&["lng", "long"]),
];

/// Somewhere.
pub(super) static PLACE: Kind = Kind {
    name: Cow::Borrowed("place"),
    folders: Cow::Borrowed(&[Cow::Borrowed("places")]),
    title: Cow::Borrowed("Places"),
    schema: "Place",
    inline: "places",
    fields: Cow::Borrowed(&[
        field("location", Table(LOCATION, None), "Where it lies (WGS 84).", "{ lat = 59.91, lon = 10.75 }"),
        field("address", Text, "Its postal address.", "\"1 Quay Street\""),
        field("within", Reference, "The place that holds it.", "\"capital\""),
    ]),
};
