"""Draw anew which good English words are never taken for a slip of a word that the noticing of words looks for.

    python scripts/draw_never_a_slip.py WORDS.json.gz

WORDS is the English list of pyspellchecker 0.9.1 (MIT; `spellchecker/resources/en.json.gz`: 160,572 words with how
often film subtitles have them). Not a dependency: it is fetched by hand when the words of `reasoning/data/risk/en.toml`
change. Of that list, and of its British spellings by rule, the words are kept that would otherwise be guessed to be
something else (a seldom one only if that is a word looked for), and the `OFTEN` commonest ones, so that no time is
spent guessing at them. To them come the words under `ADDED`.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import textwrap
import tomllib

from companionway.reasoning.risk.lexicon import FOLDER, build

OFTEN = 8_000
SELDOM = 25
"""A word seen more seldom than this may be taken for a slip of a common word of the lexicon, not of one that is looked
for: that list has misprints among its seldom ones."""
BRITISH = (
    ("or", "our"),
    ("ize", "ise"),
    ("izing", "ising"),
    ("ized", "ised"),
    ("er", "re"),
    ("ling", "lling"),
)
ADDED = """
dwp nhs cbt dbt ptsd bbc pip gp cpn hmrc asap lol omg btw brb thx pls msg txt ffs smh tbh lmk idk imo irl wknd pts grr
hmm shh psst pfft brr mrs mph ltd nyt xmas bday hbd ppl kno spk wkd wknds dvla nspcc rspca rspb gcse btec nvq lgbt lgbtq
ikea aldi lidl greggs boots gps cds dvd dvds vhs fps bmw bbq sms mps mms nft nfts gcses btecs pdf ftw gtg g2g wtf stfu
gmt bst nyc usa ufc mma wwe nfl nba kfc hdmi wifi vpn ssri ssris snri adhd asd ocd gad bpd eupd cptsd dla esa cmht camhs
ect emdr dna rna hiv ldl bmi ecg mri rmn ot spoons
"""
HEAD = """Good English words that lie near a word the rules look for and are never taken for a slip of it.
Drawn by scripts/draw_never_a_slip.py from the English list of pyspellchecker 0.9.1 (MIT), its British spellings by
rule, and a few abbreviations, with the commonest words of that list. Draw it again when the words of en.toml change;
do not edit it by hand.
"""


def main(source: str) -> None:
    """Write the file of good words anew (its head says where they come from)."""
    with gzip.open(source, "rt", encoding="utf-8") as file:
        counted = {word: n for word, n in json.load(file).items() if re.fullmatch(r"[a-z]+", word)}
    words = set(counted)
    often = set(sorted(counted, key=lambda word: (-counted[word], word))[:OFTEN])
    british = {word[: -len(us)] + uk for word in words for us, uk in BRITISH if word.endswith(us)}
    british |= {word.replace("or", "our", 1) for word in words if re.search(r"[lnv]or", word)}
    data = tomllib.loads((FOLDER / "en.toml").read_text(encoding="utf-8"))
    lexicon = build("en", data)
    meant = set(data.get("slips_all_the_same", "").split()) | set(lexicon.spellings)
    speller, added = lexicon.speller, set(ADDED.split())

    def near(word: str) -> bool:
        guess = speller.guess(word)
        seldom = word in counted and counted[word] < SELDOM
        return guess != (word,) and not (seldom and speller.keys.isdisjoint(guess))

    kept = sorted(
        word
        for word in words | british | added
        if word not in meant and (word in often or word in added or near(word))
    )
    body = textwrap.fill(" ".join(kept), 118)
    (FOLDER / "en.never_a_slip.txt").write_text(f"{HEAD}\n{body}\n", encoding="utf-8")
    sys.stdout.write(f"{len(kept)} words\n")


if __name__ == "__main__":
    main(sys.argv[1])
