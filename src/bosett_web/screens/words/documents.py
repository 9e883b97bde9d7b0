"""Words of the list of documents, and of what is withheld from the public."""

Words = dict[str, tuple[str, str, str]]

LIST: Words = {
    "nav_documents": ("Dokumenter", "Dokument", "Documents"),
    "documents_title": ("Dokumenter {year}", "Dokument {year}", "Documents {year}"),
    "documents_lead": (
        "Brev, referater, anbefalinger, vedlegg og vedtak i runden. Et dokument som er unntatt offentlighet, står med type, dato og hjemmel.",
        "Brev, referat, tilrådingar, vedlegg og vedtak i runden. Eit dokument som er unnateke offentlegheita, står med type, dato og heimel.",
        "Letters, minutes, recommendations, attachments and decisions of the round. One that is withheld stands with its kind, date and ground.",
    ),
    "documents_none": ("Runden har ingen dokumenter ennå.", "Runden har ingen dokument enno.", "No documents yet."),
    "documents_none_public": (
        "Dokumentene vises her når runden er offentliggjort.",
        "Dokumenta blir viste her når runden er offentleggjord.",
        "The documents are shown here when the round has been released.",
    ),
    "documents_none_such": ("Ingen slike dokumenter.", "Ingen slike dokument.", "No such documents."),
    "documents_all": ("Alle", "Alle", "All"),
    "documents_only": ("Bare unntatt offentlighet", "Berre unnateke offentlegheita", "Only what is withheld"),
    "documents_count": (
        "{first} til {last} av {count} {count:dokument|dokumenter}",
        "{first} til {last} av {count} dokument",
        "{first} to {last} of {count} {count:document|documents}",
    ),
    "documents_pages": ("Flere dokumenter", "Fleire dokument", "More documents"),
    "documents_newer": ("Nyere", "Nyare", "Newer"),
    "documents_older": ("Eldre", "Eldre", "Older"),
    "documents_back": ("Avbryt", "Avbryt", "Cancel"),
    "document": ("Dokument", "Dokument", "Document"),
    "document_kind": ("Type", "Type", "Kind"),
    "document_day": ("Dato", "Dato", "Date"),
    "document_about": ("Gjelder", "Gjeld", "About"),
    "document_access": ("Innsyn", "Innsyn", "Access"),
    "document_open": ("Åpent", "Ope", "Open"),
    "document_letter": ("Brev", "Brev", "Letter"),
    "document_minutes": ("Referat", "Referat", "Minutes"),
    "document_recommendation": (
        "Anbefaling fra fylkeskommunen",
        "Tilråding frå fylkeskommunen",
        "Recommendation of the county",
    ),
    "document_attachment": ("Vedlegg til anbefaling", "Vedlegg til tilråding", "Attachment to a recommendation"),
    "document_decision": ("Kommunens vedtak", "Vedtak i kommunen", "Decision of a municipality"),
    "document_gone": ("Dokumentet finnes ikke.", "Dokumentet finst ikkje.", "There is no such document."),
}

WITHHELD: Words = {
    "withheld_title": ("Unntatt offentlighet", "Unnateke offentlegheita", "Withheld from the public"),
    "withheld_short": ("Unntatt offentlighet", "Unnateke offentlegheita", "Withheld"),
    "withheld_lead": (
        "Dokumentet finnes, men er ikke åpent for innsyn.",
        "Dokumentet finst, men er ikkje ope for innsyn.",
        "The document exists, and is not open to the public.",
    ),
    "withheld_since": ("Unntatt fra", "Unnateke frå", "Withheld since"),
    "withheld_ground": ("Hjemmel", "Heimel", "Ground"),
    "withheld_help": (
        "Alle kan be den som eier dokumentet, om innsyn. Da skal det vurderes om hele eller deler av det likevel kan gis ut.",
        "Alle kan be den som eig dokumentet, om innsyn. Då skal det vurderast om heile eller delar av det likevel kan givast ut.",
        "Everybody may ask the owner of the document for access. It must then be considered whether it, or parts of it, can be given all the same.",
    ),
    "withhold_help": (
        "Partene ser dokumentet som før. Alle andre ser bare type, dato og hjemmel, også på direkte adresse.",
        "Partane ser dokumentet som før. Alle andre ser berre type, dato og heimel, også på direkte adresse.",
        "The parties see the document as before. Everybody else sees its kind, date and ground only, also by direct address.",
    ),
    "lift_help": (
        "Dokumentet blir åpent for alle så langt runden er offentliggjort. Det kan ikke tas tilbake fra den som har lest det.",
        "Dokumentet blir ope for alle så langt runden er offentleggjord. Det kan ikkje takast tilbake frå den som har lese det.",
        "The document is opened to everybody as far as the round has been released. It cannot be taken back from whoever has read it.",
    ),
    "field_ground": ("Hjemmel", "Heimel", "Ground"),
    "field_detail": ("Paragraf, ledd og nummer", "Paragraf, ledd og nummer", "Section, paragraph and number"),
    "detail_help": (
        "Bare lov og paragraf, for eksempel «tredje ledd». Alle ser det som står her.",
        "Berre lov og paragraf, til dømes «tredje ledd». Alle ser det som står her.",
        "Act and section only, for example “third paragraph”. Everybody sees what is written here.",
    ),
    "owner_and_directorate": (
        "Dokumentets eier og IMDi",
        "Eigaren av dokumentet og IMDi",
        "The document’s owner and the directorate",
    ),
    "withheld_already": (
        "Dokumentet er unntatt offentlighet allerede.",
        "Dokumentet er unnateke offentlegheita allereie.",
        "The document is withheld already.",
    ),
    "not_withheld": (
        "Dokumentet er ikke unntatt offentlighet.",
        "Dokumentet er ikkje unnateke offentlegheita.",
        "The document is not withheld.",
    ),
    "not_own_document": (
        "Bare den som eier dokumentet, og IMDi kan unnta det fra offentlighet.",
        "Berre den som eig dokumentet, og IMDi kan unnta det frå offentlegheita.",
        "Only the owner of the document and the directorate may withhold it.",
    ),
    "do_document.withhold": ("Unnta fra offentlighet", "Unnta frå offentlegheita", "Withhold from the public"),
    "do_document.lift": ("Gi innsyn igjen", "Gi innsyn igjen", "Open to the public again"),
    "event_document.withhold": (
        "Dokument unntatt offentlighet",
        "Dokument unnateke offentlegheita",
        "Document withheld",
    ),
    "event_document.lift": ("Dokument åpnet for innsyn", "Dokument opna for innsyn", "Document opened to the public"),
    "subject_document": ("Dokument", "Dokument", "Document"),
    "fact_document": ("Dokument", "Dokument", "Document"),
    "fact_dated": ("Dokumentets dato", "Datoen til dokumentet", "Date of the document"),
    "fact_ground": ("Hjemmel", "Heimel", "Ground"),
    "room_closed": (
        "Fylkeskommunens anbefaling er unntatt offentlighet.",
        "Tilrådinga frå fylkeskommunen er unnateke offentlegheita.",
        "The county municipality’s recommendation is withheld from the public.",
    ),
}

REMOVED: Words = {
    "do_recommendation.detach": ("Fjern", "Fjern", "Remove"),
    "event_recommendation.detach": ("Vedlegg fjernet", "Vedlegg fjerna", "Attachment removed"),
    "attachment_gone": ("Vedlegget finnes ikke.", "Vedlegget finst ikkje.", "There is no such attachment."),
    "attachment_shown": (
        "Vedlegget ble sendt inn {day} og kan ikke fjernes. Det kan unntas fra offentlighet.",
        "Vedlegget vart sendt inn {day} og kan ikkje fjernast. Det kan unntakast frå offentlegheita.",
        "The attachment was submitted on {day} and cannot be removed. It can be withheld from the public.",
    ),
    "do_letter.remove": ("Fjern utkastet", "Fjern utkastet", "Remove the draft"),
    "event_letter.remove": ("Utkast til brev fjernet", "Utkast til brev fjerna", "Draft of a letter removed"),
    "letterstate_removed": ("fjernet", "fjerna", "removed"),
    "state_removed": ("fjernet", "fjerna", "removed"),
}

DOCUMENTS: Words = {**LIST, **WITHHELD, **REMOVED}
