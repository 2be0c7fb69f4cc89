// A page for addresses that lead nowhere.
import { NoticePage } from '../components/NoticePage.tsx'
import { strings } from '../components/strings.ts'

export default function NotFound() {
  return <NoticePage title={strings.errors.notFoundTitle} lead={strings.errors.notFoundLead} />
}
