export { countBufferWords } from './count-buffer-words.ts'
export { playOut } from './play-out.ts'
export { type SpeakableUnit, speakableUnits, type TextPiece } from './speakable-units.ts'
export { parseSpeechRule, speechRules } from './speech-rules.ts'
