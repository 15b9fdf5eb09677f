"""Writes titles made of the fields that src/title/vocab.csv names, so that training does not unlearn
them: each phrase alone, and fields joined with the level words of their language.

    python training/patterns.py src/title/vocab.csv > patterns.txt
"""
import csv
import sys

PATTERNS = {
    'en': ['Head of {}', '{} Manager', 'VP {}', '{} Director', '{} Specialist'],
    'de': ['Leiter {}', 'Leiterin {}', '{}leiter', '{}leiterin', 'Mitarbeiter {}', '{}mitarbeiterin'],
    'fr': ['Responsable {}', 'Directeur {}', 'Chargée de {}'],
    'es': ['Jefe de {}', 'Director de {}', 'Responsable de {}'],
    'it': ['Responsabile {}', 'Direttore {}', 'Addetto {}'],
    'nl': ['Hoofd {}', 'Manager {}', 'Medewerker {}'],
    'pt': ['Gerente de {}', 'Diretor de {}', 'Analista de {}'],
}

with open(sys.argv[1], encoding='utf8') as lines:
    rows = list(csv.DictReader(line for line in lines if not line.startswith('#')))
for row in rows:
    if not row['department'] or '|' in row['department'] or row['department'].startswith('~'):
        continue
    languages = [language for language in row['languages'].split() if language in PATTERNS]
    for phrase in row['words'].replace('*', '').split('|'):
        print(phrase)
        # A line may hold words of several languages; the first is a good guess for all.
        for language in [] if row['as'] else languages[:2]:
            print('\n'.join(pattern.format(phrase) for pattern in PATTERNS[language]))
