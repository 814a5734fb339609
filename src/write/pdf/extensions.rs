//! Descriptions of the metadata schemas that ISO 19005-2 does not know (§6.6.2.3): PDF/UA and PRISM.

use crate::write::WriteError;
use crate::write::xml::Xml;

/// The namespace of PRISM's basic properties.
pub(super) const PRISM_BASIC: &str = "http://prismstandard.org/namespaces/basic/3.0/";

/// A schema that ISO 19005-2 does not know and a file has to describe (§6.6.2.3).
struct Extension<'a> {
    name: &'a str,
    namespace: &'a str,
    prefix: &'a str,
    properties: &'a [ExtensionProperty],
}

/// A property of such a schema.
struct ExtensionProperty {
    name: &'static str,
    value_type: &'static str,
    /// `internal` for what a program makes, `external` for what people state.
    category: &'static str,
    description: &'static str,
}

const PDFUA: &[ExtensionProperty] = &[ExtensionProperty {
    name: "part",
    value_type: "Integer",
    category: "internal",
    description: "Part of ISO 14289 that the file conforms to",
}];

/// What PRISM says of an article beyond Dublin Core (PRISM 3.0, <https://www.w3.org/submissions/prism/>).
const PRISM: &[ExtensionProperty] = &[
    ExtensionProperty {
        name: "publicationName",
        value_type: "Text",
        category: "external",
        description: "Title of the publication in which the article was first published",
    },
    ExtensionProperty {
        name: "publicationDate",
        value_type: "Text",
        category: "external",
        description: "Date of the publication, ISO 8601",
    },
    ExtensionProperty {
        name: "section",
        value_type: "Text",
        category: "external",
        description: "Section of the publication in which the article stands",
    },
    ExtensionProperty { name: "genre", value_type: "Text", category: "external", description: "Genre of the article" },
    ExtensionProperty { name: "url", value_type: "Text", category: "external", description: "Address of the article" },
];

/// The descriptions of the schemas that the packet uses.
pub(super) fn extensions(xml: &mut Xml<Vec<u8>>, with_prism: bool) -> Result<(), WriteError> {
    let pdfua = Extension {
        name: "PDF/UA identification schema",
        namespace: "http://www.aiim.org/pdfua/ns/id/",
        prefix: "pdfuaid",
        properties: PDFUA,
    };
    let prism = Extension { name: "PRISM basic metadata", namespace: PRISM_BASIC, prefix: "prism", properties: PRISM };
    xml.open_line("pdfaExtension:schemas", &[])?;
    xml.start("rdf:Bag", &[])?;
    extension(xml, &pdfua)?;
    if with_prism {
        extension(xml, &prism)?;
    }
    xml.end()?;
    Ok(xml.end()?)
}

fn extension(xml: &mut Xml<Vec<u8>>, extension: &Extension<'_>) -> Result<(), WriteError> {
    const RESOURCE: &[(&str, &str)] = &[("rdf:parseType", "Resource")];
    xml.start("rdf:li", RESOURCE)?;
    xml.leaf("pdfaSchema:schema", &[], extension.name)?;
    xml.leaf("pdfaSchema:namespaceURI", &[], extension.namespace)?;
    xml.leaf("pdfaSchema:prefix", &[], extension.prefix)?;
    xml.start("pdfaSchema:property", &[])?;
    xml.start("rdf:Seq", &[])?;
    for property in extension.properties {
        xml.start("rdf:li", RESOURCE)?;
        xml.leaf("pdfaProperty:name", &[], property.name)?;
        xml.leaf("pdfaProperty:valueType", &[], property.value_type)?;
        xml.leaf("pdfaProperty:category", &[], property.category)?;
        xml.leaf("pdfaProperty:description", &[], property.description)?;
        xml.end()?;
    }
    for _ in 0..3 {
        xml.end()?;
    }
    Ok(())
}
