/**
 * The tools that ElevenLabs itself carries out when a custom LLM calls them.
 *
 * @see https://elevenlabs.io/docs/agents-platform/customization/tools/system-tools
 */
const SYSTEM_TOOLS = [
  'end_call',
  'language_detection',
  'transfer_to_agent',
  'transfer_to_number',
  'skip_turn',
  'voicemail_detection',
  'play_keypad_touch_tone',
] as const

export type SystemTool = (typeof SYSTEM_TOOLS)[number]

export function isSystemTool(name: string): name is SystemTool {
  return (SYSTEM_TOOLS as readonly string[]).includes(name)
}
