// A page for addresses that lead nowhere.
import { NoticePage } from '../components/NoticePage.tsx'
import { failureStrings } from '../components/strings/failure.ts'

export default function NotFound() {
  return <NoticePage title={failureStrings.notFoundTitle} lead={failureStrings.notFoundLead} />
}
