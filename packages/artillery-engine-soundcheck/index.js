/** Artillery finds engines by the name of a package, `artillery-engine-<name>`. */
export { default } from 'llm-soundcheck/artillery'
