// The front door leads straight to the chat.
import { redirect } from 'next/navigation'

export default function Page() {
  redirect('/chat')
}
