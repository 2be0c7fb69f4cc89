// A sample in a language that is written from right to left, with what stays as it is in it: code, and a paragraph of another language.
import { type FixtureGroup, messageOf } from './messageFixtures.ts'

const arabicText = `الرد يُكتب على الخادم، لا في هذه الصفحة. **أغلقها** وعد متى شئت: الدالة \`processMessage()\` تكمل العمل.

1. تُحفظ الرسالة أولًا.
2. ثم تُسلَّم إلى Inngest، و*تُؤكَّد*:

   \`\`\`sh
   npm start # هنا أيضًا من اليسار إلى اليمين
   \`\`\`

> لا شيء مما يلي يعتمد على بقاء هذه الصفحة مفتوحة.

| الجزء | يفعل | ينجو من |
| --- | --- | --- |
| Convex | يقرر، في معاملة واحدة | انقطاع عند أي سطر |
| Inngest | يحرّك، ثم يعاود النداء | فقدان العامل |

\`\`\`ts
const answer = 42 // نعم
\`\`\`

And one paragraph in English, as it was quoted.`

/** The person's own message has paragraphs of both directions. */
export const arabicFixture: FixtureGroup = {
  title: 'From right to left',
  messages: [
    messageOf({
      turnId: 't30',
      messageId: 't30-user',
      text: 'Answer in Arabic, please:\nكيف ينجو الرد من انقطاع الخادم؟',
    }),
    messageOf({ turnId: 't30', messageId: 't30', role: 'assistant', inReplyTo: 't30-user', text: arabicText }),
  ],
}
