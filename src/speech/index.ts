export { countBufferWords } from './count-buffer-words.ts'
export { type Playout, type PlayoutOptions, playOut } from './play-out.ts'
export { type SpeakableUnit, speakableUnits, type TextPiece } from './speakable-units.ts'
export { parseSpeechRule, type SpeechRule, speechRules } from './speech-rules.ts'
