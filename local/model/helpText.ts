/** What the scripted assistant says when it was asked something it has no word for. */
export const helpText = `I am **Nightshift's built-in assistant**: a small script, not a language model. I am here so that you can try the whole product with no account and no key.

**What this product does.** You send a message and may close the tab at once. A durable function takes the message, calls the model, runs its tools and saves the reply, even if the browser, the web server, the queue or the database dies on the way. When you come back the reply is there, or still being written before your eyes.

**To talk to a real model**, stop the product, put *one* of these into \`.env.local\`, and start it again:

- \`AI_GATEWAY_API_KEY\` for any model through the AI Gateway
- \`OPENAI_API_KEY\` for OpenAI
- \`ANTHROPIC_API_KEY\` for Anthropic
- \`GOOGLE_GENERATIVE_AI_API_KEY\` for Google
- \`OPENAI_COMPATIBLE_BASE_URL\` for your own endpoint, such as \`http://localhost:11434/v1\` (Ollama, vLLM, llama.cpp), with \`OPENAI_COMPATIBLE_API_KEY\` if it wants a key

\`MODEL\` chooses the model's id. The first of these that is set is used.

**Words I understand**

| Word | What I do |
| --- | --- |
| \`echo <text>\` | say the text |
| \`count to <n>\` | one number a token |
| \`write <n> words\` | exactly n words |
| \`time\`, \`time in <zone> and <zone>\` | call the tool for the current time, in parallel for several zones |
| \`fail <n> times then say <text>\`, \`fail always\` | answer HTTP 500 |
| \`cut after <n> tokens then say <text>\` | drop the connection once |
| \`think <s> seconds then say <text>\` | stay silent first |
| \`rate limit <s> seconds then say <text>\` | answer HTTP 429 once |
| \`garble\` | send a broken stream once |
| \`hang\` | never answer |

Try \`write 300 words\`, and close this tab while I am writing.`
