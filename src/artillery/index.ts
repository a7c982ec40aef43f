/** An engine for Artillery, which looks for it under the name `artillery-engine-soundcheck`. */
export { SoundcheckEngine as default } from './soundcheck-engine.ts'
