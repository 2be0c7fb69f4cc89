/** What the scripted assistant says when it was asked something it has no word for. */
export const helpText = `I am **Nightshift's built-in assistant**: a small script, not a language model. I am here so that you can try the whole product with no account and no key.

**What this product does.** You send a message and may close the tab at once. A durable function takes the message, calls the model, runs its tools and saves the reply, even if the browser, the web server, the queue or the database dies on the way. When you come back the reply is there, or still being written before your eyes.

**To talk to a real model**, stop the product, put *one* of these into \`.env.local\`, and start it again:

- \`AI_GATEWAY_API_KEY\` for any model through the AI Gateway
- \`OPENAI_API_KEY\` for OpenAI
- \`ANTHROPIC_API_KEY\` for Anthropic
- \`GOOGLE_GENERATIVE_AI_API_KEY\` for Google
- \`OPENAI_COMPATIBLE_BASE_URL\` for your own endpoint, such as \`http://localhost:11434/v1\` (Ollama, vLLM, llama.cpp), with \`OPENAI_COMPATIBLE_API_KEY\` if it wants a key

\`MODEL\` chooses the model's id, or \`MODELS\` several: the first is the default, the next take over when it fails. Of the keys, the first that is set is used.

**Words I understand**

*Talk and tools*

| Word | What I do |
| --- | --- |
| \`echo <text>\`, \`count to <n>\`, \`write <n> words\` | say it |
| \`time in <zone> and <zone>\`, \`calculate <sum>\`, \`read <address>\` | call a tool, and say what it found |
| \`remember <text>\`, \`recall <words>\`, \`search my chats for <words>\` | save a fact, and find things again |
| \`use <tool> with <json>\` | call any tool I am offered |
| \`reason then say <text>\` | think aloud first |

*Work while you are away*

| Word | What I do |
| --- | --- |
| \`wait <n> seconds then say <text>\` | sleep, and come back by myself |
| \`ask me <question> with choices <a> \\| <b>\` | wait for your answer, for days if need be |
| \`ask approval to <tool> with <json>\` | wait for your yes or no |
| \`at <local time> do <prompt>\`, \`every <cron> do <prompt>\` | do it later, or again and again |

*Things going wrong*

| Word | What I do |
| --- | --- |
| \`fail <n> times then say <text>\`, \`fail always\` | answer HTTP 500 |
| \`fail for good then say <text>\` | refuse as one model, answer as the next |
| \`rate limit <s> seconds then say <text>\` | answer HTTP 429 once |
| \`cut after <n> tokens then say <text>\`, \`garble\` | break the stream once |
| \`think <s> seconds then say <text>\`, \`hang\` | stay silent first, or for ever |

Try \`write 300 words\` and close this tab while I am writing, or \`wait 20 seconds then say welcome back\`.`
