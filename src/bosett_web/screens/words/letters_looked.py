"""Words of looking letters through: how making goes, what could not be made, samples, and differences from before."""

Words = dict[str, tuple[str, str, str]]

_MAKING: Words = {
    "letters_making": (
        "Brevene lages: {made} av {of}.",
        "Breva blir laga: {made} av {of}.",
        "The letters are being made: {made} of {of}.",
    ),
    "letters_ended": ("Ferdig.", "Ferdig.", "Done."),
    "letters_broken": (
        "Arbeidet med å lage brevene stanset av en feil. {made} av {of} er lagd, og {made:det|de} er i orden. Lag brevene igjen.",
        "Arbeidet med å lage breva stansa av ein feil. {made} av {of} er laga, og {made:det|dei} er i orden. Lag breva på nytt.",
        "Making the letters stopped because of a fault. Made so far: {made} of {of}, and nothing of that is broken. Make the letters again.",
    ),
    "not_worked": (
        "Ingen arbeider i bakgrunnen nå. Det som venter, går ikke tapt: det gjøres når tjenesten er i gang igjen. Varer det mer enn et minutt, si fra til dem som drifter Bosett.",
        "Ingenting arbeider i bakgrunnen no. Det som ventar, går ikkje tapt: det blir gjort når tenesta er i gang att. Varer det meir enn eit minutt, sei frå til dei som driftar Bosett.",
        "Nothing works in the background now. What waits is not lost: it is done when the service runs again. If it lasts for more than a minute, tell those who run Bosett.",
    ),
    "unmade": ("Brev som ikke kunne lages", "Brev som ikkje kunne lagast", "Letters that could not be made"),
    "unmade_lead": (
        "De andre brevene er lagd. Disse står her til de er lagd.",
        "Dei andre breva er laga. Desse står her til dei er laga.",
        "The other letters are made. These stand here until they are made.",
    ),
    "unmade_lacks": ("Brevet mangler: {lacks}.", "Brevet manglar: {lacks}.", "The letter lacks: {lacks}."),
    "unmade_told": (
        "Brevet kan ikke lages som PDF. Programmet svarte: «{told}».",
        "Brevet kan ikkje lagast som PDF. Programmet svarte: «{told}».",
        "The text cannot be set. The typesetting said: “{told}”.",
    ),
    "mend_lacks": (
        "Fyll inn det som mangler, og lag brevene igjen.",
        "Fyll inn det som manglar, og lag breva på nytt.",
        "Fill in what is missing, and make the letters again.",
    ),
    "mend_explained": (
        "Tallet i det delte forslaget lar seg ikke regne ut på nytt fra det som ble lagret. Lag brevene igjen; skjer det på nytt, si fra til dem som drifter Bosett.",
        "Talet i det delte framlegget lèt seg ikkje rekne ut på nytt frå det som vart lagra. Lag breva på nytt; skjer det igjen, sei frå til dei som driftar Bosett.",
        "The number in the shared proposal cannot be computed again from what was stored. Make the letters again; if it happens once more, tell those who run Bosett.",
    ),
    "mend_told": (
        "Som oftest er det et tegn som skriften ikke har, for eksempel en emoji. Rett teksten i signaturen, svarmåten eller begrunnelsen for tallet, og lag brevene igjen.",
        "Som oftast er det eit teikn som skrifta ikkje har, til dømes ein emoji. Rett teksten i signaturen, svarmåten eller grunngivinga for talet, og lag breva på nytt.",
        "Most often it is a character that the typeface lacks, such as an emoji. Mend the text of the signers, the way to answer or the reason for the number, and make the letters again.",
    ),
}
_LOOKED: Words = {
    "letters_nth": ("Hvert n-te brev", "Kvart n-te brev", "Every nth letter"),
    "letters_random": ("Tilfeldige brev, antall", "Tilfeldige brev, tal", "Letters at random, how many"),
    "letters_seed": ("Trekning nummer", "Trekking nummer", "Draw number"),
    "letters_seed_help": (
        "Samme nummer gir de samme brevene igjen.",
        "Same nummer gir dei same breva igjen.",
        "The same number gives the same letters again.",
    ),
    "letters_sample": ("Stikkprøve", "Stikkprøve", "Sample"),
    "letters_reset": ("Vis alle", "Vis alle", "Show all"),
    "letters_way": ("Brev i utvalget", "Brev i utvalet", "Letters chosen"),
    "letter_place": ("Brev {place} av {among}", "Brev {place} av {among}", "Letter {place} of {among}"),
    "letter_before": ("Forrige", "Førre", "Previous"),
    "letter_after": ("Neste", "Neste", "Next"),
    "letter_keys": (
        "Piltastene ← og → går til forrige og neste brev.",
        "Piltastane ← og → går til førre og neste brev.",
        "The arrow keys ← and → go to the previous and the next letter.",
    ),
    "letter_not_chosen": (
        "Brevet er ikke i utvalget.",
        "Brevet er ikkje i utvalet.",
        "The letter is not among those chosen.",
    ),
    "letter_preview": ("Brevet", "Brevet", "The letter"),
    "bound_title": ("Alle i én PDF", "Alle i éin PDF", "All in one PDF"),
    "bound_waits": (
        "{chosen} brev settes sammen til én PDF. Det tar noen sekunder.",
        "{chosen} brev blir {chosen:sett|sette} saman til éin PDF. Det tek nokre sekund.",
        "{chosen} {chosen:letter is|letters are} put together into one PDF. It takes some seconds.",
    ),
    "bound_ready": (
        "PDF-en med {chosen} brev er klar.",
        "PDF-en med {chosen} brev er klar.",
        "The PDF of {chosen} {chosen:letter|letters} is ready.",
    ),
    "bound_open": ("Åpne PDF-en", "Opne PDF-en", "Open the PDF"),
    "bound_broken": (
        "Brevene kunne ikke settes sammen. Hvert brev er likevel i orden.",
        "Breva kunne ikkje setjast saman. Kvart brev er likevel i orden.",
        "The letters could not be put together. Each letter is whole all the same.",
    ),
    "bound_again": ("Prøv igjen", "Prøv på nytt", "Try again"),
}
_WORDINGS: Words = {
    "wordings": ("Endringer fra tidligere år", "Endringar frå tidlegare år", "Changes from earlier years"),
    "wordings_lead": (
        "Ett brev av hver type og målform er sammenlignet med et tidligere. Bare endret ordlyd telles, ikke tall, datoer og navn.",
        "Eitt brev av kvar type og målform er samanlikna med eit tidlegare. Berre endra ordlyd blir talt, ikkje tal, datoar og namn.",
        "One letter of each kind and language is compared with an earlier one. Only changed wording is counted, not numbers, dates and names.",
    ),
    "wording_with": ("Sammenlignet med", "Samanlikna med", "Compared with"),
    "wording_is": ("Ordlyden", "Ordlyden", "Wording"),
    "wording_letter": ("brevet {reference}", "brevet {reference}", "letter {reference}"),
    "wording_laid_in": ("innlagt tekst: {source}", "innlagd tekst: {source}", "text laid in: {source}"),
    "wording_nothing": (
        "Ingenting å sammenligne med.",
        "Ingenting å samanlikne med.",
        "Nothing to compare with.",
    ),
    "wording_nothing_why": (
        "Der det ikke er noe å sammenligne med, har Bosett ikke noe levert brev av samme type og målform fra en tidligere runde, og ingen har lagt inn teksten.",
        "Der det ikkje er noko å samanlikne med, har Bosett ikkje noko levert brev av same type og målform frå ein tidlegare runde, og ingen har lagt inn teksten.",
        "Where there is nothing to compare with, Bosett has no delivered letter of the same kind and language from an earlier round, and nobody has laid in its text.",
    ),
    "letters_need_change": ("Endre", "Endre", "Change"),
    "wording_changed": ("{count} avsnitt endret", "{count} avsnitt endra", "{count} {count:passage|passages} changed"),
    "wording_new": (
        "{count} {count:nytt|nye} avsnitt",
        "{count} {count:nytt|nye} avsnitt",
        "{count} new {count:passage|passages}",
    ),
    "wording_gone": ("{count} avsnitt borte", "{count} avsnitt borte", "{count} {count:passage|passages} gone"),
    "wording_facts_only": (
        "Ordlyden er den samme; bare tall, datoer og navn er andre.",
        "Ordlyden er den same; berre tal, datoar og namn er andre.",
        "The wording is the same; only numbers, dates and names differ.",
    ),
    "wording_same": ("Teksten er den samme.", "Teksten er den same.", "The text is the same."),
    "wording_see": ("Se endringene", "Sjå endringane", "See the changes"),
    "wording_of_letter": ("i brevet til {name}", "i brevet til {name}", "in the letter to {name}"),
    "wording_lay_in": ("Legg inn en tidligere tekst", "Legg inn ein tidlegare tekst", "Lay in an earlier text"),
    "wording_lay_in_help": (
        "Lim inn brevet slik det var, fra overskriften til hilsenen. En ny tekst erstatter den forrige.",
        "Lim inn brevet slik det var, frå overskrifta til helsinga. Ein ny tekst erstattar den førre.",
        "Paste the letter as it was, from its title to its greeting. A new text replaces the one before.",
    ),
    "field_wording_of": ("Type og målform", "Type og målform", "Kind and language"),
    "field_wording_text": ("Teksten", "Teksten", "The text"),
    "field_wording_source": ("Hvor teksten er hentet fra", "Kvar teksten er henta frå", "Where the text is from"),
    "wording_source_help": (
        "For eksempel «sak 19/04711 i arkivet».",
        "Til dømes «sak 19/04711 i arkivet».",
        "For example “case 19/04711 in the archive”.",
    ),
    "field_wording_day": ("Brevets dato", "Datoen på brevet", "The date of the letter"),
    "do_letter.wording": ("Legg inn teksten", "Legg inn teksten", "Lay in the text"),
    "event_letter.wording": (
        "Tidligere brevtekst lagt inn",
        "Tidlegare brevtekst lagd inn",
        "Earlier letter text laid in",
    ),
    "wording_of_what": (
        "Velg hva slags brev teksten er av.",
        "Vel kva slags brev teksten er av.",
        "Choose what kind of letter it is.",
    ),
    "wording_unneeded": (
        "Bosett har et levert brev av denne typen og målformen fra før. Det er det som sammenlignes.",
        "Bosett har eit levert brev av denne typen og målforma frå før. Det er det som blir samanlikna.",
        "Bosett has a delivered letter of this kind and language already. That one is compared with.",
    ),
    "wording_late": (
        "Brev av denne typen og målformen er alt godkjent. Trekk godkjenningen først.",
        "Brev av denne typen og målforma er alt godkjende. Trekk godkjenninga først.",
        "Letters of this kind and language are approved already. Withdraw the approval first.",
    ),
    "wording_day_ahead": (
        "Et tidligere brev kan ikke ha en dato som ikke har vært.",
        "Eit tidlegare brev kan ikkje ha ein dato som ikkje har vore.",
        "An earlier letter cannot be of a day that has not come.",
    ),
    "diff_changed": ("Endret", "Endra", "Changed"),
    "diff_new": ("Nytt", "Nytt", "New"),
    "diff_gone": ("Borte", "Borte", "Gone"),
    "diff_facts": ("Andre tall, datoer eller navn", "Andre tal, datoar eller namn", "Other numbers, dates or names"),
    "diff_same": ("Likt", "Likt", "Same"),
    "diff_before": ("før:", "før:", "before:"),
    "diff_after": ("nå:", "no:", "now:"),
    "diff_end": ("slutt.", "slutt.", "end."),
    "diff_folded": (
        "{count} avsnitt med samme ordlyd",
        "{count} avsnitt med same ordlyd",
        "{count} {count:passage|passages} with the same wording",
    ),
    "diff_folded_facts": (
        "{count} avsnitt med samme ordlyd; andre tall, datoer eller navn{count:| i {facts}}",
        "{count} avsnitt med same ordlyd; andre tal, datoar eller namn{count:| i {facts}}",
        "{count} {count:passage|passages} with the same wording; other numbers, dates or names{count:| in {facts}}",
    ),
    "diff_legend": (
        "Det som er nytt, er understreket og står i hakeparentes med pluss. Det som er borte, er strøket over og står i hakeparentes med minus.",
        "Det som er nytt, er understreka og står i hakeparentes med pluss. Det som er borte, er stroke over og står i hakeparentes med minus.",
        "What is new is underlined, in brackets with a plus. What is gone is struck through, in brackets with a minus.",
    ),
}
LOOKED_LETTERS: Words = {**_MAKING, **_LOOKED, **_WORDINGS}
"""What people read, by code: (bokmål, nynorsk, English). {names} are filled in by the caller."""
