//! Folding of text, so that `Élodie  MÜLLER` and `elodie muller` compare as equal.
