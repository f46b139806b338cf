//! People.

use std::borrow::Cow;

use super::Shape::{Bool, Citation, Date, List, Open, Reference, Table, Text};
use super::{Field, Kind, Shape, field};

/// The states in which an event or a relation may be said to be.
pub(super) static STATUS: &[&str] = &["occurred", "alleged", "disputed", "planned", "cancelled"];

static RELATION_TYPES: &[&str] = &[
    "member-of", "employed-by", "holds-post", "directs", "owns", "family-of", "associate-of", "represents", "spoke-with",
    "other",
];

static ROLE: &[Field] = &[
    field("title", Text, "The role's name.", "\"Member of parliament\"").required(),
    field("organisation", Reference, "Where the role is held.", "\"assembly\"").also(&["organization"]),
    field("when", Date, "From when to when.", "\"2019/2023\"").also(&["date"]),
    field("evidence", List(&Citation), "What shows it.", "[\"register, p. 3\"]"),
];

static RELATION: &[Field] = &[
    field("type", Open(RELATION_TYPES), "What ties the two (FollowTheMoney's edges), or free text.", "\"employed-by\"").required(),
    field("to", Reference, "The other person or organisation.", "\"harbour-office\"").required(),
    field("when", Date, "From when to when.", "\"2019/2023\"").also(&["date"]),
    field("status", Shape::Word(STATUS), "Whether it is established; occurred if absent.", "\"alleged\""),
    field("claim", Reference, "The claim that states it.", "\"delay-advice\""),
    field("evidence", List(&Citation), "What shows it.", "[\"register, p. 3\"]"),
];

static RELATION_ENTRY: Shape = Table(RELATION, None);

/// The relations of a person or an organisation.
pub(super) const RELATIONS: Field = field(
    "relations",
    List(&RELATION_ENTRY),
    "Ties to people and organisations.",
    "[{ type = \"employed-by\", to = \"harbour-office\" }]",
);

/// A human being.
pub(super) static PERSON: Kind = Kind {
    name: Cow::Borrowed("person"),
    folders: Cow::Borrowed(&[Cow::Borrowed("people")]),
    title: Cow::Borrowed("People"),
    schema: "Person",
    inline: "people",
    fields: Cow::Borrowed(&[
        field("born", Date, "Day, month or year of birth.", "\"1967-01-25\""),
        field("died", Date, "Day, month or year of death.", "\"2021\""),
        field("living", Bool, "Whether the person lives; true unless died is given.", "true"),
        field("roles", List(&Table(ROLE, Some("title"))), "Posts and functions, with their times.", "[{ title = \"Clerk\", organisation = \"assembly\", when = \"2019/2023\" }]"),
        RELATIONS,
    ]),
};
