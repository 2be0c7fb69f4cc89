'use client'
// The question whether this device may tell, put where notices are. It stays until it is answered.
import { toast } from 'sonner'
import { notificationStrings } from '../../components/strings/notifications.ts'
import { keepChoice } from '../../components/useDeviceChoice.ts'
import { showNotice } from '../notices/showNotice.ts'
import { goTo, SETTINGS_PATH } from '../workspace/threadRoute.ts'
import { OfferNotice } from './OfferNotice.tsx'
import { OFFER_KEY } from './offer.ts'
import { askPermission } from './usePermission.ts'

const say = notificationStrings.offer
const id = 'notices:offer'
/** Another one: what has just been sent away cannot be shown again at once. */
const answerId = 'notices:answer'

export function offerNotices(): void {
  const answered = (answer: 'accepted' | 'declined') => {
    keepChoice(OFFER_KEY, answer)
    toast.dismiss(id)
  }
  const accept = async () => {
    answered('accepted')
    const permission = await askPermission()
    const action = { label: say.show, run: () => goTo(`${SETTINGS_PATH}#notifications`) }
    if (permission === 'granted') showNotice(answerId, { tone: 'quiet', words: say.on, more: say.onMore, action })
    else if (permission === 'denied')
      showNotice(answerId, { tone: 'bad', words: say.denied, more: say.deniedMore, action })
  }
  toast.custom(() => <OfferNotice accept={() => void accept()} decline={() => answered('declined')} />, {
    id,
    duration: Number.POSITIVE_INFINITY,
  })
}
