"""Words of postal addresses."""

Words = dict[str, tuple[str, str, str]]

_LAW: Words = {
    "do_letter.address": ("Lagre adressen", "Lagre adressa", "Save the address"),
    "event_letter.address": ("Postadresser lagret", "Postadresser lagra", "Postal addresses saved"),
    "state_addressed": ("adressert", "adressert", "addressed"),
    "address_no_lines": (
        "Skriv minst én adresselinje.",
        "Skriv minst éi adresselinje.",
        "Write at least one address line.",
    ),
    "address_many_lines": (
        "En adresse har høyst tre linjer.",
        "Ei adresse har høgst tre linjer.",
        "An address has three lines at most.",
    ),
    "address_line_long": (
        "En adresselinje kan ha høyst 100 tegn, og bare tegn som kan skrives ut.",
        "Ei adresselinje kan ha høgst 100 teikn, og berre teikn som kan skrivast ut.",
        "An address line has 100 characters at most, all of them printable.",
    ),
    "address_not_postal_code": (
        "Et postnummer har fire siffer. Her står «{found}». Har regnearket tatt bort en null?",
        "Eit postnummer har fire siffer. Her står «{found}». Har reknearket teke bort ein null?",
        "A postal code has four digits. This is “{found}”. Has the spreadsheet taken a zero away?",
    ),
    "address_not_place": (
        "Skriv poststedet: bare navnet, uten tall.",
        "Skriv poststaden: berre namnet, utan tal.",
        "Write the postal town: its name alone, without digits.",
    ),
    "address_of_nobody": (
        "Ingen part som får brev, har organisasjonsnummer {found}.",
        "Ingen part som får brev, har organisasjonsnummer {found}.",
        "No party that gets letters has organisation number {found}.",
    ),
    "address_changed_since": (
        "Noen har endret adressen til {name} etter at siden ble vist. Ingenting er lagret. Se på den nye, og prøv igjen.",
        "Nokon har endra adressa til {name} etter at sida vart vist. Ingenting er lagra. Sjå på den nye, og prøv på nytt.",
        "Somebody has changed the address of {name} since the page was shown. Nothing is saved. Look at it, and try again.",
    ),
    "address_day_to_come": (
        "Dagen er ikke kommet ennå. Skriv dagen adressen ble kjent.",
        "Dagen er ikkje komen enno. Skriv dagen adressa vart kjend.",
        "The day is yet to come. Write the day on which the address became known.",
    ),
    "letter_address_missing": (
        "SvarUt sender ikke uten postadresse, og {count} av mottakerne mangler den. Den første er {name}. Legg inn adressene først.",
        "SvarUt sender ikkje utan postadresse, og {count} av mottakarane manglar adresse. Den første er {name}. Legg inn adressene først.",
        "SvarUt sends nothing without a postal address, and {count} of the receivers {count:lacks|lack} one. The first is {name}. Fill in the addresses first.",
    ),
}
_FILE: Words = {
    "address_not_orgnr": (
        "Et organisasjonsnummer har ni siffer. Her står «{found}».",
        "Eit organisasjonsnummer har ni siffer. Her står «{found}».",
        "An organisation number has nine digits. This is “{found}”.",
    ),
    "address_not_party": (
        "Ingen part som får brev, har organisasjonsnummer {found}. Ta bort linjen, eller rett nummeret.",
        "Ingen part som får brev, har organisasjonsnummer {found}. Ta bort linja, eller rett nummeret.",
        "No party that gets letters has organisation number {found}. Remove the line, or correct the number.",
    ),
    "address_none": (
        "Enheten {orgnr} har ingen postadresse. Kryss av for forretningsadressen, eller skriv adressen for hånd.",
        "Eininga {orgnr} har inga postadresse. Kryss av for forretningsadressa, eller skriv adressa for hand.",
        "Unit {orgnr} has no postal address. Tick to take the business address, or write the address by hand.",
    ),
    "address_many_cells": (
        "Raden har flere felt enn de fire kolonnene. Det første som er til overs, er «{found}». Sett anførselstegn rundt adressen.",
        "Rada har fleire felt enn dei fire kolonnane. Det første som er til overs, er «{found}». Set hermeteikn rundt adressa.",
        "The row has more cells than the four columns. The first too many is “{found}”. Put quotation marks around the address.",
    ),
    "address_twice": (
        "{found} står to ganger med ulik adresse. Den første står på nummer {row}.",
        "{found} står to gonger med ulik adresse. Den første står på nummer {row}.",
        "{found} stands twice with different addresses. The first is number {row}.",
    ),
    "address_abroad": (
        "Adressen er i et annet land ({found}).",
        "Adressa er i eit anna land ({found}).",
        "The address is in another country ({found}).",
    ),
    "address_column_twice": (
        "Kolonnen «{written}» står to ganger. Ta bort den ene.",
        "Kolonnen «{written}» står to gonger. Ta bort den eine.",
        "The column “{written}” stands twice. Take one away.",
    ),
    "address_line": ("Linje {row}", "Linje {row}", "Line {row}"),
    "address_unit": ("Enhet {row}", "Eining {row}", "Unit {row}"),
    "addressfile_large": (
        "Filen er større enn 4 MB. Er det den rette?",
        "Fila er større enn 4 MB. Er det den rette?",
        "The file is larger than 4 MB. Is it the right one?",
    ),
    "addressfile_empty": (
        "Filen er tom, eller ingen fil er valgt.",
        "Fila er tom, eller inga fil er vald.",
        "The file is empty, or none is chosen.",
    ),
    "addressfile_letters": (
        "Bokstavene i filen kan ikke leses. Lagre den som CSV UTF-8.",
        "Bokstavane i fila kan ikkje lesast. Lagre ho som CSV UTF-8.",
        "The letters of the file cannot be read. Save it as CSV UTF-8.",
    ),
    "addressfile_not_json": (
        "Filen begynner som JSON, men er det ikke. Hent den på nytt.",
        "Fila byrjar som JSON, men er det ikkje. Hent ho på nytt.",
        "The file begins as JSON and is none. Fetch it again.",
    ),
    "addressfile_no_units": (
        "Filen har ingen enheter. Det må være svaret fra Enhetsregisteret, med _embedded.enheter.",
        "Fila har ingen einingar. Det må vere svaret frå Einingsregisteret, med _embedded.enheter.",
        "The file holds no units. It must be the answer of Enhetsregisteret, with _embedded.enheter.",
    ),
    "addressfile_no_heading": (
        "Filen må ha én rad med overskriftene orgnr, adresse, postnummer og poststed.",
        "Fila må ha éi rad med overskriftene orgnr, adresse, postnummer og poststed.",
        "The file must have one row with the headings orgnr, adresse, postnummer and poststed.",
    ),
    "addressfile_rows": (
        "Filen har mer enn 5 000 rader.",
        "Fila har meir enn 5 000 rader.",
        "The file has more than 5 000 rows.",
    ),
}
_SCREEN: Words = {
    "addresses_title": ("Postadresser", "Postadresser", "Postal addresses"),
    "addresses_lead": (
        "Adressen står i brevet når den er kjent, og følger med til arkivet.",
        "Adressa står i brevet når ho er kjend, og følgjer med til arkivet.",
        "The address stands in the letter when it is known, and goes with it to the archive.",
    ),
    "addresses_needed": (
        "Brevene sendes med SvarUt, som krever adressen til alle mottakere: det som ikke leses innen to virkedager, går på papir.",
        "Breva blir sende med SvarUt, som krev adressa til alle mottakarar: det som ikkje blir lese innan to vyrkedagar, går på papir.",
        "Letters go by SvarUt, which demands the address of every receiver: what is not read within two working days goes on paper.",
    ),
    "addresses_not_needed": (
        "Kanalen som er valgt, krever den ikke.",
        "Kanalen som er vald, krev ikkje adressa.",
        "The channel that is chosen does not demand it.",
    ),
    "addresses_known": (
        "{known} av {total} {total:adresse|adresser} er kjent.",
        "{known} av {total} {total:adresse er kjend|adresser er kjende}.",
        "{known} of {total} {total:address is|addresses are} known.",
    ),
    "addresses_of_directorate": (
        "Avsenderen, som får svarene",
        "Avsendaren, som får svara",
        "The sender, who gets the answers",
    ),
    "addresses_of_county": ("Fylkeskommuner", "Fylkeskommunar", "County municipalities"),
    "addresses_of_municipality": ("Kommuner", "Kommunar", "Municipalities"),
    "addresses_missing": ("Mangler adresse", "Manglar adresse", "Without an address"),
    "addresses_none_missing": ("Alle adresser er kjent.", "Alle adresser er kjende.", "All addresses are known."),
    "addresses_import": ("Hent fra fil", "Hent frå fil", "Take from a file"),
    "addresses_import_help": (
        "Svaret fra Enhetsregisteret for organisasjonsformene KOMM og FYLK kan lagres som fil og hentes inn her. Du ser hva som endres før noe lagres.",
        "Svaret frå Einingsregisteret for organisasjonsformene KOMM og FYLK kan lagrast som fil og hentast inn her. Du ser kva som blir endra før noko blir lagra.",
        "The answer of Enhetsregisteret for the forms KOMM and FYLK can be saved as a file and taken in here. You see what changes before anything is saved.",
    ),
    "address_file": ("Fil", "Fil", "File"),
    "address_file_help": (
        "JSON fra Enhetsregisteret, eller et regneark (.xlsx eller CSV) med kolonnene orgnr;adresse;postnummer;poststed. Flere adresselinjer skilles med |. Høyst 4 MB.",
        "JSON frå Einingsregisteret, eller eit rekneark (.xlsx eller CSV) med kolonnane orgnr;adresse;postnummer;poststed. Fleire adresselinjer blir skilde med |. Høgst 4 MB.",
        "JSON of Enhetsregisteret, or a workbook (.xlsx or CSV) with the columns orgnr;adresse;postnummer;poststed. Several address lines are parted by |. 4 MB at most.",
    ),
    "address_check": ("Se hva som endres", "Sjå kva som blir endra", "See what changes"),
    "address_take_business": (
        "Ta forretningsadressen når postadressen mangler",
        "Ta forretningsadressa når postadressa manglar",
        "Take the business address when there is no postal one",
    ),
    "address_take_business_help": (
        "Det står da ved adressen at den er forretningsadressen.",
        "Det står då ved adressa at ho er forretningsadressa.",
        "The address is then marked as the business address.",
    ),
    "address_business": ("forretningsadresse", "forretningsadresse", "business address"),
    "address_orgnr": ("Organisasjonsnummer", "Organisasjonsnummer", "Organisation number"),
    "address_source": ("Fra {publisher},", "Frå {publisher},", "From {publisher},"),
    "address_lines": ("Adresselinjer", "Adresselinjer", "Address lines"),
    "address_lines_help": (
        "Høyst tre linjer, uten navn, postnummer og poststed.",
        "Høgst tre linjer, utan namn, postnummer og poststad.",
        "Three lines at most, without name, postal code and town.",
    ),
    "address_postal_code": ("Postnummer", "Postnummer", "Postal code"),
    "address_place": ("Poststed", "Poststad", "Postal town"),
    "address_publisher": ("Hvem som har oppgitt den", "Kven som har oppgitt adressa", "Who published it"),
    "address_publisher_help": (
        "For eksempel Enhetsregisteret, eller kommunen selv.",
        "Til dømes Einingsregisteret, eller kommunen sjølv.",
        "For example Enhetsregisteret, or the municipality itself.",
    ),
    "address_known_on": ("Kjent fra", "Kjend frå", "Known from"),
    "address_whole": ("Adresse", "Adresse", "Address"),
    "address_leave": ("Avbryt", "Avbryt", "Cancel"),
    "address_back": ("Tilbake til adressene", "Tilbake til adressene", "Back to the addresses"),
    "addresses_known_title": ("Kjente adresser", "Kjende adresser", "Known addresses"),
    "addresses_none": (
        "Ingen adresser er kjent ennå.",
        "Ingen adresser er kjende enno.",
        "No addresses are known yet.",
    ),
    "addresses_none_here": (
        "Ingen kjente adresser i dette fylket.",
        "Ingen kjende adresser i dette fylket.",
        "No known addresses in this county.",
    ),
    "addresses_preview": ("Adresser fra fil", "Adresser frå fil", "Addresses from a file"),
    "addresses_faults": ("Dette må rettes", "Dette må rettast", "This must be mended"),
    "addresses_faults_help": (
        "Ingenting er lagret. Rett filen og hent den inn på nytt.",
        "Ingenting er lagra. Rett fila og hent ho inn på nytt.",
        "Nothing is saved. Mend the file and take it in again.",
    ),
    "addresses_more_faults": ("Vis {count} til", "Vis {count} til", "Show {count} more"),
    "addresses_same": ("Uendret: {same}", "Uendra: {same}", "Unchanged: {same}"),
    "addresses_still_missing": ("mangler etterpå: {count}", "manglar etterpå: {count}", "missing afterwards: {count}"),
    "addresses_confirm": ("Lagre adressene", "Lagre adressene", "Save the addresses"),
    "addresses_lack": (
        "Mottakere uten postadresse: {count}. SvarUt sender ikke brevene deres før adressen er lagt inn.",
        "Mottakarar utan postadresse: {count}. SvarUt sender ikkje breva deira før adressa er lagd inn.",
        "The postal {count:address of {count} receiver is|addresses of {count} receivers are} missing. SvarUt does not send their letters before {count:it is|they are} filled in.",
    ),
    "addresses_lack_some": (
        "Mottakere uten postadresse: {count}. Brevene lages uten.",
        "Mottakarar utan postadresse: {count}. Breva blir laga utan.",
        "The postal {count:address of {count} receiver is|addresses of {count} receivers are} missing. Their letters are made without.",
    ),
}

_COPIES: Words = {
    "copies_title": ("Kopier av brev", "Kopiar av brev", "Copies of letters"),
    "copies_help": (
        "KS får kopi av hvert brev når det er levert. Kopien ligger her, og sendes ikke separat.",
        "KS får kopi av kvart brev når det er levert. Kopien ligg her, og blir ikkje send separat.",
        "KS gets a copy of each letter when it has been delivered. The copy lies here and is not sent by itself.",
    ),
    "copies_none": ("Ingen brev er levert ennå.", "Ingen brev er leverte enno.", "No letters have been delivered yet."),
}

ADDRESSES: Words = _LAW | _FILE | _SCREEN | _COPIES
