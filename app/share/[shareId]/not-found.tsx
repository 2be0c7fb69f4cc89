// A link that was taken back, or never was one.
import { NoticePage } from '../../../components/NoticePage.tsx'
import { shareStrings } from '../../../components/strings/share.ts'

export default function ShareNotFound() {
  return <NoticePage title={shareStrings.page.goneTitle} lead={shareStrings.page.goneLead} />
}
