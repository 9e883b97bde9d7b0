"""The words of the circular letter to the county municipalities."""

from collections.abc import Mapping

CIRCULAR: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "title": "Bosetting av flyktninger: {running} så langt, og runden for {year}",
        "intro": "Siden {taken_over} har fylkeskommunene hatt ansvaret for integreringsarbeidet i regionene. Her "
        "forteller vi hvordan bosettingen i {running} ligger an, spør hva dere vet om kapasiteten i kommunene slik "
        "situasjonen er nå, og viser hvordan vi sammen skal komme fram til anmodningene for {year}.",
        "h_status": "Bosettingen i {running}",
        "situation": "Regjeringens tiltak mot {situation} merkes også i arbeidet med å bosette flyktninger.",
        "plan": "Planen var å bosette {plan} i {running}. Om lag {percent} prosent av dem er overføringsflyktninger, "
        "som kommer direkte fra utlandet.",
        "stop_resettlement": "Siden {since} har ingen overføringsflyktninger kommet til landet: alle ankomster er "
        "stanset, og det er ikke bestemt når de starter igjen. Sammen med UDI ser vi på når og hvordan det kan skje. "
        "Nye opplysninger legger vi ut på nettsidene våre.",
        "stop_resettlement_ended": "Fra {since} til {until} var alle ankomster av overføringsflyktninger stanset. Nå "
        "er de i gang igjen. Nye opplysninger legger vi ut på nettsidene våre.",
        "stop_reception": "Siden {since} er bosettingen fra mottak stanset, og det er ikke bestemt når den starter "
        "igjen. Nye opplysninger legger vi ut på nettsidene våre.",
        "stop_reception_ended": "Fra {since} til {until} var bosettingen fra mottak stanset. Nå er den i gang igjen.",
        "goes_on": "Bosettingen fra mottak går videre. Vi har bedt kommunene bosette som planlagt, så langt "
        "kapasiteten og myndighetenes tiltak og råd gjør det mulig. IMDi følger selv de rådene og reglene som "
        "myndighetene gir.",
        "goes_not_on": "Bosettingen fra mottak går for tiden ikke som planlagt. IMDi følger de rådene og reglene som "
        "myndighetene gir, og sier fra til kommunene så snart noe endrer seg.",
        "h_input": "Fortell oss om kapasitet og beredskap",
        "input": "Dere kjenner kommunene i fylket. Vi vil gjerne vite hvor mange de kan bosette i tiden framover, og "
        "hvilken beredskap de har.",
        "input_situation": "Det er også nyttig for oss å høre hvordan den enkelte kommunen håndterer {situation}, og "
        "hva dere mener om det. Da kan vi bosette raskt og på rett sted.",
        "input_plain": "Det er også nyttig for oss å høre hva som kan hindre bosetting i den enkelte kommunen, og "
        "hva dere mener om det. Da kan vi bosette raskt og på rett sted.",
        "input_by": "Skriv til {to} innen {day}.",
        "input_any": "Skriv til {to} når dere har noe å melde.",
        "h_round": "Anmodningene for {year}",
        "role": "Det er fylkeskommunens oppgave å vurdere hvor mange flyktninger hver kommune bør bosette, og å "
        "anbefale et tall. De nasjonale kriteriene er rammen for vurderingen.",
        "criteria_drafted": "{committee} arbeider med et forslag til kriterier for {year}. Det er {ministry} som "
        "vedtar dem. Vi deler dem med dere straks de er vedtatt.",
        "criteria_proposed": "{committee} har som oppgave å foreslå kriterier, og forslaget for {year} ligger nå hos "
        "{ministry}. Vi deler kriteriene med dere straks departementet har vedtatt dem.",
        "criteria_adopted_circular": "{committee} har foreslått kriteriene for {year}, og {ministry} vedtok dem {on}. "
        "Vi deler dem med dere.",
        "h_steps": "Slik går arbeidet videre",
        "step_forecast": "Oppdaterte prognoser for bosettingsbehovet i {year} er klare {on}.",
        "step_targets": "{on_capital} møtes utvalget. Ut fra prognosene vedtar det et måltall for landet og et for "
        "hvert fylke.",
        "step_targets_advised": "{on_capital} møtes utvalget. Ut fra prognosene gir det råd om et måltall for landet "
        "og et for hvert fylke. {by_capital} fastsetter måltallene.",
        "step_meetings": "Etterpå kommer de regionale fordelingsmøtene. IMDi, KS og fylkeskommunen går gjennom de "
        "kommunene i fylket som det er aktuelt å anmode.",
        "step_recommendation": "I møtet ber vi fylkeskommunen anbefale et tall for hver kommune. Anbefalingen bygger "
        "på det dere vet om regionen, innenfor rammen av kriteriene.",
        "step_letters": "Kommunene får anmodningen i brev fra IMDi {on}.",
        "h_meeting": "Møte, og hva dere trenger å vite",
        "meeting": "Vi kaller fylkeskommunene inn til et møte {on}. Runden for {year} er ett av temaene.",
        "question": "Hva trenger dere å få vite av IMDi for å kunne anbefale et tall for hver kommune? Skriv til "
        "{to} {by}, så har vi svarene klare.",
        "by_day": "innen {day}",
        "by_meeting": "før møtet",
        "attached": "Vedlagt finner dere anmodningene for {running}, kommune for kommune, og kriteriene de bygde på.",
        "asked_title": "Anmodninger for {year}, kommune for kommune",
        "asked_intro": "Tallene er de opprinnelige anmodningene. De er offentliggjort av {publisher} og kjent per "
        "{day}. En strek betyr at kommunen ikke ble anmodet.",
        "asked_unknown": "Der det står «{missing}» eller «{hidden}», er tallet ikke med i summen.",
        "asked_all": "Hele landet",
        "asked_number": "Kommuner som ble anmodet",
        "asked_caption": "{county}: anmodning for {year}",
        "asked_place": "Kommune i {county}",
        "asked_head": "Anmodning",
        "criteria_title": "Kriterier for {year}",
        "criteria_intro": "Slik var kriteriene som anmodningene for {year} bygde på: {title}.",
        "criteria_caption": "Kriterier for {year}",
    },
    "nn": {
        "title": "Busetjing av flyktningar: {running} så langt, og runden for {year}",
        "intro": "Ansvaret for integreringsarbeidet i regionane har lege hos fylkeskommunane sidan {taken_over}. I "
        "dette brevet gjer vi greie for korleis det går med busetjinga i {running}. Vi spør òg kva de veit om kor "
        "mange kommunane kan ta imot slik stoda er no, og fortel korleis vi saman skal kome fram til oppmodingane for "
        "{year}.",
        "h_status": "Busetjinga i {running}",
        "situation": "Arbeidet med å busetje flyktningar er òg prega av tiltaka regjeringa har sett i verk mot "
        "{situation}.",
        "plan": "I {running} var planen å busetje {plan}. Av dei er om lag {percent} prosent overføringsflyktningar, "
        "det vil seie at dei kjem rett frå utlandet.",
        "stop_resettlement": "Overføringsflyktningane kjem ikkje til landet no. Alle slike ankomstar har vore stansa "
        "sidan {since}, og det er ikkje avgjort når dei tek til att. Vi drøftar med UDI når og korleis det kan "
        "gjerast, og legg ut nytt på nettsidene våre etter kvart.",
        "stop_resettlement_ended": "Ankomstane av overføringsflyktningar var stansa frå {since} til {until}. No er "
        "dei i gang att. Nytt om dette legg vi ut på nettsidene våre.",
        "stop_reception": "Busetjinga frå mottak har vore stansa sidan {since}, og det er ikkje avgjort når ho tek "
        "til att. Nytt om dette legg vi ut på nettsidene våre.",
        "stop_reception_ended": "Busetjinga frå mottak var stansa frå {since} til {until}. No er ho i gang att.",
        "goes_on": "Busetjinga frå mottak held fram. Vi har bede kommunane om å busetje etter planen, så langt "
        "kapasiteten deira og råda og tiltaka frå styresmaktene gjer det mogleg. IMDi rettar seg sjølv etter dei "
        "råda og reglane som gjeld.",
        "goes_not_on": "Busetjinga frå mottak går for tida ikkje etter planen. IMDi rettar seg etter dei råda og "
        "reglane som gjeld, og seier frå til kommunane så snart noko endrar seg.",
        "h_input": "Kva veit de om kapasitet og beredskap?",
        "input": "Det er de som kjenner kommunane i fylket. Difor vil vi gjerne høyre kor mange dei kan busetje "
        "framover, og kva beredskap dei har.",
        "input_situation": "Fortel òg korleis kvar kommune handterer {situation}, og kva de meiner om det. Det "
        "hjelper oss å busetje snøgt og på rett stad.",
        "input_plain": "Fortel òg kva som kan stå i vegen for busetjing i kvar kommune, og kva de meiner om det. Det "
        "hjelper oss å busetje snøgt og på rett stad.",
        "input_by": "Svaret kan de sende til {to} innan {day}.",
        "input_any": "De kan skrive til {to} når som helst.",
        "h_round": "Oppmodingane for {year}",
        "role": "Kor mange flyktningar bør kvar kommune busetje? Det er fylkeskommunen som skal vurdere dette og "
        "tilrå eit tal, innanfor ramma av dei nasjonale kriteria.",
        "criteria_drafted": "{committee} er i gang med eit framlegg til kriterium for {year}. {ministry} vedtek dei, "
        "og då deler vi dei med dykk med ein gong.",
        "criteria_proposed": "{committee} skal etter mandatet sitt kome med framlegg til kriterium. Framlegget for "
        "{year} er no sendt til {ministry}. Når departementet har vedteke kriteria, deler vi dei med dykk med ein "
        "gong.",
        "criteria_adopted_circular": "Kriteria for {year} vart vedtekne av {ministry} {on}, etter framlegg frå "
        "{committee}. Vi deler dei med dykk.",
        "h_steps": "Gangen i arbeidet",
        "step_forecast": "Nye prognosar for kor mange som treng busetjing i {year}, ligg føre {on}.",
        "step_targets": "Utvalet møtest {on}. Det vedtek då eit måltal for landet og eit for kvart fylke, ut frå "
        "prognosane.",
        "step_targets_advised": "Utvalet møtest {on}. Ut frå prognosane gir det råd om eit måltal for landet og eit "
        "for kvart fylke. {by_capital} fastset måltala.",
        "step_meetings": "Så er det tid for regionale fordelingsmøte, der IMDi, KS og fylkeskommunen drøftar dei "
        "kommunane i fylket som det er aktuelt å oppmode.",
        "step_recommendation": "Der tilrår fylkeskommunen eit tal for kvar kommune, ut frå det de veit om regionen "
        "og innanfor kriteria.",
        "step_letters": "Brev med oppmoding går frå IMDi til kommunane {on}.",
        "h_meeting": "Møte, og kva de treng å vite",
        "meeting": "Fylkeskommunane blir kalla inn til eit møte {on}, der runden for {year} er eitt av temaa.",
        "question": "Kva opplysningar treng de frå IMDi for å kunne tilrå eit tal for kvar kommune? Meld frå til {to} "
        "{by}, så har vi det klart.",
        "by_day": "innan {day}",
        "by_meeting": "før møtet",
        "attached": "Med brevet følgjer ei oversikt over oppmodingane for {running}, kommune for kommune, og kriteria "
        "som låg til grunn for dei.",
        "asked_title": "Oppmodingar for {year}, kommune for kommune",
        "asked_intro": "Dette er dei opphavlege oppmodingane, offentleggjorde av {publisher} og kjende per {day}. Ein "
        "strek tyder at kommunen ikkje vart oppmoda.",
        "asked_unknown": "Der det står «{missing}» eller «{hidden}», er talet ikkje med i summen.",
        "asked_all": "Heile landet",
        "asked_number": "Kommunar som vart oppmoda",
        "asked_caption": "{county}: oppmoding for {year}",
        "asked_place": "Kommune i {county}",
        "asked_head": "Oppmoding",
        "criteria_title": "Kriterium for {year}",
        "criteria_intro": "Oppmodingane for {year} bygde på desse kriteria: {title}.",
        "criteria_caption": "Kriterium for {year}",
    },
    "en": {
        "title": "Settlement of refugees: {running} so far, and the round for {year}",
        "intro": "The county municipalities have been responsible for integration in their regions since "
        "{taken_over}. This letter tells where settlement in {running} stands, asks what you know of the "
        "municipalities' capacity as things are now, and sets out how we shall reach the requests for {year} "
        "together.",
        "h_status": "Settlement in {running}",
        "situation": "The government's measures against {situation} have also marked the work of settling refugees.",
        "plan": "The plan was to settle {plan} in {running}. About {percent} percent of them are resettlement "
        "refugees, who come straight from abroad.",
        "stop_resettlement": "All arrivals of resettlement refugees have been stopped since {since}, and it is not "
        "yet decided when they begin again. We are talking with the immigration directorate (UDI) about when and how. "
        "Our web pages are kept up to date.",
        "stop_resettlement_ended": "All arrivals of resettlement refugees were stopped from {since} to {until}. They "
        "have begun again. Our web pages are kept up to date.",
        "stop_reception": "Settlement from reception centres has been stopped since {since}, and it is not yet "
        "decided when it begins again. Our web pages are kept up to date.",
        "stop_reception_ended": "Settlement from reception centres was stopped from {since} to {until}. It has begun "
        "again.",
        "goes_on": "Settlement from reception centres goes on. IMDi keeps to the advice and rules of the authorities, "
        "and has asked the municipalities to settle as planned for as long as their capacity and the authorities' "
        "measures allow it.",
        "goes_not_on": "Settlement from reception centres does not go as planned for the time being. IMDi keeps to "
        "the advice and rules of the authorities, and tells the municipalities as soon as anything changes.",
        "h_input": "Tell us of capacity and preparedness",
        "input": "You know the municipalities of your county. We should like to hear how many they can settle in the "
        "time ahead, and how they are prepared.",
        "input_situation": "Tell us, too, how each municipality deals with {situation}, and what you think of it. "
        "That helps us to settle people quickly and in the right place.",
        "input_plain": "Tell us, too, what may stand in the way of settlement in each municipality, and what you "
        "think of it. That helps us to settle people quickly and in the right place.",
        "input_by": "Please write to {to} by {day}.",
        "input_any": "Please write to {to} at any time.",
        "h_round": "The requests for {year}",
        "role": "It is for the county municipality to assess how many refugees each municipality should settle, and "
        "to recommend a number, within the national criteria.",
        "criteria_drafted": "{committee_capital} is working on a proposal of criteria for {year}. They are adopted by "
        "{ministry}, and we share them with you as soon as they are.",
        "criteria_proposed": "{committee_capital} has proposed criteria for {year}, as its mandate says. The proposal "
        "lies with {ministry}. We share the criteria with you as soon as they are adopted.",
        "criteria_adopted_circular": "The criteria for {year} were adopted by {ministry} {on}, as proposed by "
        "{committee}. We share them with you.",
        "h_steps": "What comes next",
        "step_forecast": "Updated forecasts of the need in {year} are ready {on}.",
        "step_targets": "The committee meets {on} and decides a target for the country and one for each county, from "
        "those forecasts.",
        "step_targets_advised": "The committee meets {on} and gives advice, from those forecasts, on a target for the "
        "country and one for each county. The targets are set by {by}.",
        "step_meetings": "Then come the county meetings, in which IMDi, KS and the county municipality discuss the "
        "municipalities that may be asked.",
        "step_recommendation": "There the county municipality is asked to recommend a number for each municipality, "
        "by what it knows of the region and within the criteria.",
        "step_letters": "IMDi sends the municipalities their requests {on}.",
        "h_meeting": "A meeting, and what you need to know",
        "meeting": "The county municipalities will be called to a meeting {on}, with the round for {year} among its "
        "subjects.",
        "question": "What do you need to know from IMDi to be able to recommend a number for each municipality? "
        "Please tell {to} {by}.",
        "by_day": "by {day}",
        "by_meeting": "before the meeting",
        "attached": "Attached are the requests for {running}, municipality by municipality, and the criteria behind "
        "them.",
        "asked_title": "Requests for {year}, municipality by municipality",
        "asked_intro": "These are the first requests, published by {publisher} and known by {day}. A dash means that "
        "the municipality was not asked.",
        "asked_unknown": "Where it says “{missing}” or “{hidden}”, the number is not in the sum.",
        "asked_all": "Norway",
        "asked_number": "Municipalities asked",
        "asked_caption": "{county}: request for {year}",
        "asked_place": "Municipality in {county}",
        "asked_head": "Request",
        "criteria_title": "Criteria for {year}",
        "criteria_intro": "The requests for {year} rested on these criteria: {title}.",
        "criteria_caption": "Criteria for {year}",
    },
}
