/**
 * Claims that no document makes: what a tool cannot know, what the law does not say, what may not be advertised
 * (Directive (EU) 2024/825). They are looked for in every document, also in texts that people or programs gave.
 */

interface ForbiddenPhrase {
  /** As it is told to a person. */
  name: string;
  pattern: RegExp;
}

const ENERGY = "(?:energy|electricity|kWh|CO2e?|CO₂e?|carbon|emissions?|environment\\w*|climate)";
const NEAR = "[^.;|\\n]{0,60}";

export const FORBIDDEN_PHRASES: readonly ForbiddenPhrase[] = [
  { name: "compliant with the EU AI Act", pattern: /\b(?:EU )?AI[- ]Act[- ](?:compliant|certified)\b/gi },
  {
    name: "compliant with the EU AI Act",
    pattern: /\bcompl(?:iant|ies|y) with the (?:EU )?AI Act\b/gi,
  },
  {
    name: "ISO 42001 compliant or certified",
    pattern:
      /\b(?:compliant with|certified (?:to|under|by)) ISO(?:\/IEC)? ?42001\b|\bISO(?:\/IEC)? ?42001(?::2023)?[- ](?:compliant|certified)\b/gi,
  },
  {
    name: "energy or CO2 required by Annex IV",
    pattern: new RegExp(
      `(?<!\\bnot )\\brequired by Annex IV\\b${NEAR}\\b${ENERGY}\\b|\\b${ENERGY}\\b${NEAR}(?<!\\bnot )\\brequired by Annex IV\\b`,
      "gi",
    ),
  },
  {
    name: "Article 9 for proportionality, state of the art or environment",
    pattern: new RegExp(
      `\\bArt(?:icle|\\.)\\s*9(?![\\d(])${NEAR}(?:proportional\\w*|state of the art|environment\\w*)|(?:proportional\\w*|state of the art|environment\\w*)${NEAR}\\bArt(?:icle|\\.)\\s*9(?![\\d(])`,
      "gi",
    ),
  },
  { name: "carbon neutral", pattern: /\bcarbon[- ]?neutral\w*/gi },
  { name: "climate neutral", pattern: /\bclimate[- ]?neutral\w*/gi },
  { name: "net zero model", pattern: /\bnet[- ]?zero[- ](?:AI )?(?:model|system)s?\b/gi },
  { name: "green AI", pattern: /\bgreen[- ](?:AI|model)\b/gi },
  { name: "eco-friendly", pattern: /\beco[- ]?friendly\b/gi },
  { name: "SBTi-approved", pattern: /\bSBTi[- ](?:approved|validated)\b/gi },
  { name: "notified-body approved", pattern: /\bnotified[- ]body[- ](?:approved|ready)\b/gi },
  { name: "bias-free", pattern: /\b(?:bias[- ]free|unbiased model|free of bias)\b/gi },
  {
    name: "passes the four-fifths law",
    pattern: /\bpass(?:es|ed)? the (?:four[- ]fifths|4\/5|80 ?%) (?:law|rule|test)\b/gi,
  },
  { name: "GHG Protocol verified", pattern: /\bGHG Protocol[- ](?:verified|certified)\b/gi },
  {
    name: "offsets in a total",
    pattern: /\b(?:net of|after|minus|less) (?:carbon )?(?:offsets?|credits?|RECs?)\b/gi,
  },
];

export const LEFT_OUT_CLAIM = "[claim left out]";

/** Names of the forbidden phrases in a text, each once. */
export function forbiddenIn(text: string): string[] {
  const found = FORBIDDEN_PHRASES.filter(({ pattern }) => text.search(pattern) >= 0);
  return [...new Set(found.map(({ name }) => name))];
}

/** The text with each forbidden phrase replaced by LEFT_OUT_CLAIM. */
export function withoutForbidden(text: string): string {
  return FORBIDDEN_PHRASES.reduce((rest, { pattern }) => rest.replace(pattern, LEFT_OUT_CLAIM), text);
}
