"""Words of workbooks out and in."""

Words = dict[str, tuple[str, str, str]]

HEADINGS: Words = {
    # A file is read back by these, in any of the three languages: an old file must still be understood.
    "book_code": ("Kommunenr.", "Kommunenr.", "Code"),
    "book_name": ("Kommune", "Kommune", "Municipality"),
    "book_region": ("BA-region", "BA-region", "Labour-market region"),
    "book_population": ("Folketall", "Folketal", "Population"),
    "book_previous": ("Anmodet i fjor", "Oppmoda i fjor", "Requested last year"),
    "book_proposed": ("Forslag", "Framlegg", "Proposed"),
    "book_asked": ("Anmodes", "Blir oppmoda", "Asked"),
    "book_number": ("Anbefalt", "Tilrådd", "Recommended"),
    "book_under15": ("Enslige mindreårige under 15", "Einslege mindreårige under 15", "Minors under 15"),
    "book_from15": ("Enslige mindreårige 15–18", "Einslege mindreårige 15–18", "Minors 15–18"),
    "book_reason": ("Begrunnelse", "Grunngiving", "Reason"),
    "book_signal": ("Kommunens signal", "Signalet til kommunen", "The municipality’s signal"),
    "book_signal_minors": ("Signal: enslige mindreårige", "Signal: einslege mindreårige", "Signal: minors"),
    "book_signal_on": ("Signal: dato", "Signal: dato", "Signal: date"),
    "book_signal_by": ("Signal: hvem sa det", "Signal: kven sa det", "Signal: who said it"),
    "book_signal_note": ("Signal: fra dialogen", "Signal: frå dialogen", "Signal: from the dialogue"),
}

BOOK: Words = {
    "book_yes": ("ja", "ja", "yes"),
    "book_no": ("nei", "nei", "no"),
    "book_title": (
        "{county} {year}: anbefaling",
        "{county} {year}: tilråding",
        "{county} {year}: recommendation",
    ),
    "book_lead": (
        "Skriv i de gule feltene. Arket «{help}» forteller hvordan.",
        "Skriv i dei gule felta. Arket «{help}» fortel korleis.",
        "Write in the yellow cells. The sheet “{help}” tells how.",
    ),
    "book_target": ("Måltall", "Måltal", "Target"),
    "book_sum": ("Sum", "Sum", "Sum"),
    "book_left": ("Igjen av måltallet", "Att av måltalet", "Left of the target"),
    "book_not_whole": (
        "Skriv et helt tall fra 0 til 1 000 000, eller la feltet stå tomt.",
        "Skriv eit heilt tal frå 0 til 1 000 000, eller lat feltet stå tomt.",
        "Write a whole number from 0 to 1 000 000, or leave the cell blank.",
    ),
    "book_not_choice": ("Velg ja eller nei.", "Vel ja eller nei.", "Choose yes or no."),
    "book_not_day": (
        "Skriv en dato, for eksempel 01.09.2020.",
        "Skriv ein dato, til dømes 01.09.2020.",
        "Write a date, for example 01.09.2020.",
    ),
    "book_page": ("Side &P av &N", "Side &P av &N", "Page &P of &N"),
    "book_help": ("Slik gjør du", "Slik gjer du", "How to use it"),
    "book_help_fill": (
        "Skriv i de gule feltene. Resten er låst, så ingenting annet endres ved et uhell. Låsen har ikke passord.",
        "Skriv i dei gule felta. Resten er låst, så ingenting anna blir endra ved eit uhell. Låsen har ikkje passord.",
        "Write in the yellow cells. The rest is locked, so that nothing else is changed by accident. The lock has no password.",
    ),
    "book_help_asked": (
        "ja eller nei. En kommune som ikke anmodes, får tallet 0.",
        "ja eller nei. Ein kommune som ikkje blir oppmoda, får talet 0.",
        "yes or no. A municipality that is not asked gets the number 0.",
    ),
    "book_help_number": (
        "Personer i alt, hele tall. Et tomt felt er noe annet enn 0: tomt betyr at tallet mangler.",
        "Personar i alt, heile tal. Eit tomt felt er noko anna enn 0: tomt betyr at talet manglar.",
        "Persons in all, whole numbers. A blank is not 0: blank means that the number is missing.",
    ),
    "book_help_minors": (
        "Inngår i tallet ved siden av. La stå tomt når det ikke er kjent.",
        "Inngår i talet ved sida av. Lat stå tomt når det ikkje er kjent.",
        "Part of the number beside it. Leave blank when not known.",
    ),
    "book_help_signal": (
        "Det kommunen selv har sagt at den kan ta imot, hvem som sa det og når.",
        "Det kommunen sjølv har sagt at han kan ta imot, kven som sa det og når.",
        "What the municipality itself has said that it can take, who said it and when.",
    ),
    "book_help_known": (
        "Folketallet er det nyeste kjente per 1. januar (SSB). «Anmodet i fjor» er den første anmodningen for {year}.",
        "Folketalet er det nyaste kjende per 1. januar (SSB). «Oppmoda i fjor» er den første oppmodinga for {year}.",
        "Population is the newest known of 1 January (Statistics Norway). “Requested last year” is the first request for {year}.",
    ),
    "book_help_back": (
        "Lagre, og last opp filen på fylkets side i Bosett. Du ser hver endring før noe blir lagret der.",
        "Lagre, og last opp fila på fylkessida i Bosett. Du ser kvar endring før noko blir lagra der.",
        "Save, and upload the file on the county’s page in Bosett. You see every change before anything is saved there.",
    ),
    "book_help_others": (
        "Filen husker hva feltene var. Det du ikke har endret, blir stående slik det er i Bosett. Har en annen endret det samme feltet, får du vite det, og ingenting blir lagret.",
        "Fila hugsar kva felta var. Det du ikkje har endra, blir ståande slik det er i Bosett. Har ein annan endra det same feltet, får du vite det, og ingenting blir lagra.",
        "The file remembers what the cells were. What you left alone stays as it is in Bosett. If somebody else has changed the same cell, you are told, and nothing is saved.",
    ),
    "book_help_move": (
        "Kolonner og rader kan flyttes eller tas bort, men overskriftene må stå som de er.",
        "Kolonnar og rader kan flyttast eller takast bort, men overskriftene må stå som dei er.",
        "Columns and rows can be moved or taken away, but the headings must stay as they are.",
    ),
    "book_about_fill": ("Fylle ut", "Fylle ut", "Filling in"),
    "book_about_known": ("De låste tallene", "Dei låste tala", "The locked numbers"),
    "book_about_person": ("Personvern", "Personvern", "Privacy"),
    "book_about_back": ("Levere", "Levere", "Handing in"),
    "book_about_others": ("Flere som arbeider", "Fleire som arbeider", "Several at work"),
    "book_about_move": ("Endre på arket", "Endre på arket", "Changing the sheet"),
}

UPLOAD: Words = {
    "workbook_heading": ("Regneark", "Rekneark", "Workbook"),
    "workbook_lead": (
        "Last ned arket, arbeid med det der du vil, og last det opp igjen.",
        "Last ned arket, arbeid med det der du vil, og last det opp att.",
        "Download the sheet, work on it where you like, and upload it again.",
    ),
    "download_xlsx": ("Last ned som Excel", "Last ned som Excel", "Download as Excel"),
    "download_csv": ("Last ned som CSV", "Last ned som CSV", "Download as CSV"),
    "upload_file": ("Utfylt regneark", "Utfylt rekneark", "Filled-in workbook"),
    "upload_file_help": (
        ".xlsx eller .csv, høyst 2 MB. Du ser alle endringene før noe blir lagret.",
        ".xlsx eller .csv, høgst 2 MB. Du ser alle endringane før noko blir lagra.",
        ".xlsx or .csv, at most 2 MB. You see all changes before anything is saved.",
    ),
    "upload_check": ("Se endringene", "Sjå endringane", "See the changes"),
    "upload_title": (
        "Opplasting: {county} {year}",
        "Opplasting: {county} {year}",
        "Upload: {county} {year}",
    ),
    "upload_nothing_saved": ("Ingenting er lagret ennå.", "Ingenting er lagra enno.", "Nothing is saved yet."),
    "upload_same": (
        "Ingenting er endret: filen sier det samme som Bosett.",
        "Ingenting er endra: fila seier det same som Bosett.",
        "Nothing is changed: the file says the same as Bosett.",
    ),
    "upload_changes": ("Endringer ({count})", "Endringar ({count})", "Changes ({count})"),
    "upload_faults": ("Må rettes ({count})", "Må rettast ({count})", "To be mended ({count})"),
    "upload_faults_help": (
        "Rett feltene i filen, og last den opp igjen. Ingenting er lagret.",
        "Rett felta i fila, og last henne opp att. Ingenting er lagra.",
        "Mend the cells in the file and upload it again. Nothing is saved.",
    ),
    "upload_clashes": (
        "Endret av en annen ({count})",
        "Endra av ein annan ({count})",
        "Changed by somebody else ({count})",
    ),
    "upload_clashes_help": (
        "Disse feltene er endret i Bosett etter at filen ble lastet ned. Bli enige, last ned arket på nytt og før endringene inn der. Ingenting er lagret.",
        "Desse felta er endra i Bosett etter at fila vart lasta ned. Bli samde, last ned arket på nytt og før endringane inn der. Ingenting er lagra.",
        "These cells were changed in Bosett after the file was downloaded. Agree, download the sheet again and enter the changes there. Nothing is saved.",
    ),
    "upload_notes": ("Verdt å vite", "Verdt å vite", "Worth knowing"),
    "upload_where": ("Sted i filen", "Stad i fila", "Place in the file"),
    "upload_what": ("Hva som er galt", "Kva som er gale", "What is wrong"),
    "upload_field": ("Felt", "Felt", "Field"),
    "upload_yours": ("I filen", "I fila", "In the file"),
    "upload_theirs": ("I Bosett nå", "I Bosett no", "In Bosett now"),
    "upload_was": ("Da filen ble lastet ned", "Då fila vart lasta ned", "When the file was downloaded"),
    "upload_follows": ("følger av endringen", "følgjer av endringa", "follows from the change"),
    "upload_blank": ("tomt", "tomt", "blank"),
    "upload_at_sheet": ("Ark «{sheet}», celle {cell}", "Ark «{sheet}», celle {cell}", "Sheet “{sheet}”, cell {cell}"),
    "upload_at_cell": ("Celle {cell}", "Celle {cell}", "Cell {cell}"),
    "upload_confirm": ("Lagre alle endringene", "Lagre alle endringane", "Save all changes"),
    "upload_leave": ("Gå tilbake uten å lagre", "Gå tilbake utan å lagre", "Go back without saving"),
    "upload_done": (
        "Endringene fra filen er lagret: {count}.",
        "Endringane frå fila er lagra: {count}.",
        "The changes from the file are saved: {count}.",
    ),
    "upload_no_stamp": (
        "Filen sier ikke hva feltene var da den ble laget, og er holdt opp mot tallene slik de er nå. Se etter at ingen andres endringer blir skrevet over.",
        "Fila seier ikkje kva felta var då ho vart laga, og er halden opp mot tala slik dei er no. Sjå etter at endringane til andre ikkje blir skrivne over.",
        "The file does not say what the cells were when it was made, and is held against the numbers as they are now. See that nobody else’s changes are overwritten.",
    ),
    "upload_expired": (
        "Endringene ble lest for mer enn en time siden. Last opp filen på nytt.",
        "Endringane vart lesne for meir enn ein time sidan. Last opp fila på nytt.",
        "The changes were read more than an hour ago. Upload the file again.",
    ),
    "upload_foreign": (
        "Endringene er ikke lest for deg i denne rollen. Last opp filen på nytt.",
        "Endringane er ikkje lesne for deg i denne rolla. Last opp fila på nytt.",
        "The changes were not read for you in this role. Upload the file again.",
    ),
}

FILE: Words = {
    "file_none": ("Velg en fil.", "Vel ei fil.", "Choose a file."),
    "file_large": (
        "Filen er større enn 2 MB. Er det riktig fil?",
        "Fila er større enn 2 MB. Er det rett fil?",
        "The file is larger than 2 MB. Is it the right one?",
    ),
    "file_not_workbook": (
        "Filen er verken en arbeidsbok (.xlsx) eller CSV. Lagre den som en av delene.",
        "Fila er verken ei arbeidsbok (.xlsx) eller CSV. Lagre henne som ein av delane.",
        "The file is neither a workbook (.xlsx) nor CSV. Save it as one of them.",
    ),
    "file_old_workbook": (
        "Filen er en arbeidsbok av et annet slag. Lagre den som Excel-arbeidsbok (.xlsx).",
        "Fila er ei arbeidsbok av eit anna slag. Lagre henne som Excel-arbeidsbok (.xlsx).",
        "The file is a workbook of another kind. Save it as an Excel workbook (.xlsx).",
    ),
    "file_macros": (
        "Arbeidsboka har makroer. Lagre den som .xlsx, uten makroer.",
        "Arbeidsboka har makroar. Lagre henne som .xlsx, utan makroar.",
        "The workbook holds macros. Save it as .xlsx, without macros.",
    ),
    "file_encrypted": (
        "Arbeidsboka er låst med passord. Ta bort passordet og lagre på nytt.",
        "Arbeidsboka er låst med passord. Ta bort passordet og lagre på nytt.",
        "The workbook has a password. Take the password away and save again.",
    ),
    "file_swells": (
        "Filen blir større enn 50 MB når den pakkes ut. Er det riktig fil?",
        "Fila blir større enn 50 MB når ho blir pakka ut. Er det rett fil?",
        "The file unpacks to more than 50 MB. Is it the right one?",
    ),
    "file_entities": (
        "Arbeidsboka inneholder definisjoner som ingen regnearkprogrammer skriver. Den blir ikke lest.",
        "Arbeidsboka inneheld definisjonar som ingen reknearkprogram skriv. Ho blir ikkje lesen.",
        "The workbook holds definitions that no spreadsheet program writes. It is not read.",
    ),
    "file_damaged": (
        "Filen er skadet og kan ikke leses. Åpne den i et regnearkprogram og lagre på nytt.",
        "Fila er skadd og kan ikkje lesast. Opne henne i eit reknearkprogram og lagre på nytt.",
        "The file is damaged and cannot be read. Open it in a spreadsheet program and save it again.",
    ),
    "file_rows": (
        "Filen har flere rader, kolonner eller celler enn et fylkes ark kan ha.",
        "Fila har fleire rader, kolonnar eller celler enn arket til eit fylke kan ha.",
        "The file has more rows, columns or cells than a county’s sheet can have.",
    ),
    "file_letters": (
        "Bokstavene i filen kan ikke leses. Lagre den som «CSV UTF-8».",
        "Bokstavane i fila kan ikkje lesast. Lagre henne som «CSV UTF-8».",
        "The letters of the file cannot be read. Save it as “CSV UTF-8”.",
    ),
    "file_no_heading": (
        "Filen har ingen rad med overskrifter som viser kommunen og noe å fylle ut. La overskriftene fra det nedlastede arket stå.",
        "Fila har inga rad med overskrifter som viser kommunen og noko å fylle ut. Lat overskriftene frå det nedlasta arket stå.",
        "The file has no row of headings with the municipality and something to fill in. Keep the headings of the downloaded sheet.",
    ),
    "file_hidden_table": (
        "Arket med slike overskrifter er skjult: {sheets}. Vis det, og lagre på nytt.",
        "Arket med slike overskrifter er skjult: {sheets}. Vis det, og lagre på nytt.",
        "The sheet with such headings is hidden: {sheets}. Show it, and save again.",
    ),
    "file_two_tables": (
        "Flere ark har slike overskrifter: {sheets}. Behold ett av dem.",
        "Fleire ark har slike overskrifter: {sheets}. Behald eitt av dei.",
        "Several sheets have such headings: {sheets}. Keep one of them.",
    ),
    "file_other_county": (
        "Filen er laget for et annet fylke: {found}.",
        "Fila er laga for eit anna fylke: {found}.",
        "The file was made for another county: {found}.",
    ),
    "file_other_year": (
        "Filen er laget for et annet bosettingsår: {found}.",
        "Fila er laga for eit anna busetjingsår: {found}.",
        "The file was made for another settlement year: {found}.",
    ),
    "file_too_much": (
        "Endringene er for store til å tas i én omgang. Del filen i to.",
        "Endringane er for store til å takast i éin omgang. Del fila i to.",
        "The changes are too large to be taken at once. Split the file in two.",
    ),
    "file_key_missing": (
        "Raden har verdier, men sier ikke hvilken kommune den gjelder.",
        "Rada har verdiar, men seier ikkje kva kommune ho gjeld.",
        "The row has values, but does not say which municipality it is about.",
    ),
    "file_key_unknown_code": (
        "«{written}» er ikke nummeret til noen kommune dette året.",
        "«{written}» er ikkje nummeret til nokon kommune dette året.",
        "“{written}” is not the code of any municipality this year.",
    ),
    "file_key_unknown_name": (
        "«{written}» er ikke navnet på noen kommune i fylket.",
        "«{written}» er ikkje namnet på nokon kommune i fylket.",
        "“{written}” is not the name of any municipality in the county.",
    ),
    "file_key_two_places": (
        "«{written}» er navnet på flere kommuner. Skriv nummeret.",
        "«{written}» er namnet på fleire kommunar. Skriv nummeret.",
        "“{written}” is the name of more than one municipality. Write its code.",
    ),
    "file_key_other_county": (
        "«{written}» ligger i et annet fylke: {county}.",
        "«{written}» ligg i eit anna fylke: {county}.",
        "“{written}” is in another county: {county}.",
    ),
    "file_key_differs": (
        "Nummeret «{number}» og navnet «{name}» er to ulike kommuner.",
        "Nummeret «{number}» og namnet «{name}» er to ulike kommunar.",
        "The code “{number}” and the name “{name}” are two different municipalities.",
    ),
    "file_key_twice": (
        "Kommunen står to ganger i filen, første gang i celle {first}.",
        "Kommunen står to gonger i fila, første gongen i celle {first}.",
        "The municipality stands twice in the file, first in cell {first}.",
    ),
    "file_column_twice": (
        "Kolonnen «{written}» står to ganger. Ta bort den ene.",
        "Kolonnen «{written}» står to gonger. Ta bort den eine.",
        "The column “{written}” stands twice. Take one away.",
    ),
    "file_column_unknown": (
        "Kolonnen «{written}» er ukjent og blir ikke lest.",
        "Kolonnen «{written}» er ukjend og blir ikkje lesen.",
        "The column “{written}” is unknown and is not read.",
    ),
    "file_column_unnamed": (
        "Kolonnen har ingen overskrift og blir ikke lest.",
        "Kolonnen har inga overskrift og blir ikkje lesen.",
        "The column has no heading and is not read.",
    ),
    "file_known_changed": (
        "{name}: «{column}» kan ikke endres her. «{written}» er ikke tatt med.",
        "{name}: «{column}» kan ikkje endrast her. «{written}» er ikkje teken med.",
        "{name}: “{column}” cannot be changed here. “{written}” is not taken.",
    ),
    "file_rows_missing": (
        "Kommuner i fylket som ikke er med i filen, og som står som de er: {count}.",
        "Kommunar i fylket som ikkje er med i fila, og som står som dei er: {count}.",
        "Municipalities of the county that are not in the file and stay as they are: {count}.",
    ),
    "file_row_aside": (
        "Raden gjelder ingen kommune ({written}), og er ikke tatt med.",
        "Rada gjeld ingen kommune ({written}), og er ikkje teken med.",
        "The row is about no municipality ({written}), and is left aside.",
    ),
    "file_row_aside_nameless": (
        "Raden sier ikke hvilken kommune den gjelder, og står under den siste kommunen. Den er ikke tatt med.",
        "Rada seier ikkje kva kommune ho gjeld, og står under den siste kommunen. Ho er ikkje teken med.",
        "The row does not say which municipality it is about, and stands beneath the last one. It is left aside.",
    ),
    "file_name_unlike": (
        "«{name}» er ikke navnet på {number} {own}. Nummeret er lagt til grunn.",
        "«{name}» er ikkje namnet på {number} {own}. Nummeret er lagt til grunn.",
        "“{name}” is not the name of {number} {own}. The code was taken.",
    ),
    "file_rows_hidden": (
        "Skjulte rader er også lest. {count:Rad|Rader}: {rows}.",
        "Skjulte rader er òg lesne. {count:Rad|Rader}: {rows}.",
        "Hidden rows are read too. {count:Row|Rows}: {rows}.",
    ),
    "file_column_hidden": (
        "Kolonnen «{written}» er skjult i arket, og er likevel lest.",
        "Kolonnen «{written}» er skjult i arket, og er likevel lesen.",
        "The column “{written}” is hidden in the sheet, and is read all the same.",
    ),
    "file_sheets_hidden": (
        "Skjulte ark er ikke lest: {sheets}.",
        "Skjulte ark er ikkje lesne: {sheets}.",
        "Hidden sheets are not read: {sheets}.",
    ),
    "file_letters_strange": (
        "Noen bokstaver ser ut til å være ødelagt, først her: «{written}». Er de det, lagrer du filen på nytt som «CSV UTF-8» og velger den igjen.",
        "Nokre bokstavar ser ut til å vere øydelagde, først her: «{written}». Er dei det, lagrar du fila på nytt som «CSV UTF-8» og vel henne igjen.",
        "Some letters seem to be spoiled, first here: “{written}”. If they are, save the file anew as “CSV UTF-8” and choose it again.",
    ),
    "file_letters_strange_in_workbook": (
        "Noen bokstaver ser ut til å være ødelagt, først her: «{written}». Er de det, retter du dem i arbeidsboka og velger den igjen.",
        "Nokre bokstavar ser ut til å vere øydelagde, først her: «{written}». Er dei det, rettar du dei i arbeidsboka og vel henne igjen.",
        "Some letters seem to be spoiled, first here: “{written}”. If they are, mend them in the workbook and choose it again.",
    ),
    "file_cell_not_a_number": (
        "«{written}» er ikke et helt tall.",
        "«{written}» er ikkje eit heilt tal.",
        "“{written}” is not a whole number.",
    ),
    "file_cell_number_sign": (
        "«{written}» sier ikke om det er null eller ukjent. Skriv 0 for null, eller la cellen stå tom.",
        "«{written}» seier ikkje om det er null eller ukjent. Skriv 0 for null, eller lat cella stå tom.",
        "“{written}” does not say whether it is zero or unknown. Write 0 for zero, or leave the cell empty.",
    ),
    "file_cell_number_spaced": (
        "«{written}» kan være to tall. Skriv ett, med mellomrom bare mellom grupper på tre siffer.",
        "«{written}» kan vere to tal. Skriv eitt, med mellomrom berre mellom grupper på tre siffer.",
        "“{written}” may be two numbers. Write one, with spaces only between groups of three digits.",
    ),
    "file_cell_number_pointed": (
        "«{written}» har punktum eller komma. Skriv et helt tall uten.",
        "«{written}» har punktum eller komma. Skriv eit heilt tal utan.",
        "“{written}” has a point or comma. Write a whole number without.",
    ),
    "file_cell_number_outside": (
        "«{written}» kan ikke stemme. Skriv et tall fra 0 til {most}.",
        "«{written}» kan ikkje stemme. Skriv eit tal frå 0 til {most}.",
        "“{written}” cannot be right. Write a number from 0 to {most}.",
    ),
    "file_cell_not_a_choice": (
        "«{written}» er verken ja eller nei.",
        "«{written}» er verken ja eller nei.",
        "“{written}” is neither yes nor no.",
    ),
    "file_cell_not_a_day": (
        "«{written}» er ikke en dato. Skriv den som 01.09.2020.",
        "«{written}» er ikkje ein dato. Skriv han som 01.09.2020.",
        "“{written}” is not a date. Write it as 01.09.2020.",
    ),
    "file_cell_not_a_text": (
        "«{written}» er ikke tekst.",
        "«{written}» er ikkje tekst.",
        "“{written}” is not text.",
    ),
    "file_cell_error": (
        "Cellen viser en feil i stedet for en verdi. Rett formelen, eller skriv verdien.",
        "Cella viser ein feil i staden for ein verdi. Rett formelen, eller skriv verdien.",
        "The cell shows an error instead of a value. Mend the formula, or write the value.",
    ),
    "file_cell_uncounted": (
        "Cellen har en formel som ikke er regnet ut. Åpne filen i et regnearkprogram og lagre på nytt.",
        "Cella har ein formel som ikkje er rekna ut. Opne fila i eit reknearkprogram og lagre på nytt.",
        "The cell has a formula that is not worked out. Open the file in a spreadsheet program and save it again.",
    ),
}

WORKBOOK: Words = {**HEADINGS, **BOOK, **UPLOAD, **FILE}
