'use client'
// A question to the person: choices where there are some, a field for words of their own, and a way on without either.
import { waitStrings } from '../../components/strings/waits.ts'
import type { WaitView } from '../../convex/validators.ts'
import { AnswerField, fits } from './AnswerField.tsx'
import { Countdown } from './Countdown.tsx'
import type { Press, Progress } from './useAnswering.ts'
import { isBusy, WaitButton } from './WaitButton.tsx'

const say = waitStrings

type QuestionCardProps = {
  wait: WaitView
  progress: Progress
  press: Press
  text: string
  write: (text: string) => void
}

export function QuestionCard({ wait, progress, press, text, write }: QuestionCardProps) {
  const { question = '', choices = [], until } = wait
  const sendText = () => fits(text) && press('text', { kind: 'text', text })
  return (
    <>
      <p dir="auto" className="font-medium whitespace-pre-wrap wrap-anywhere">
        {question}
      </p>
      {choices.length === 0 ? null : (
        <ul aria-label={say.choices} className="flex flex-wrap gap-2 pt-0.5">
          {choices.map((choice) => (
            <li key={choice}>
              <WaitButton
                name={`choice:${choice}`}
                progress={progress}
                onPress={() => press(`choice:${choice}`, { kind: 'text', text: choice })}
              >
                <bdi>{choice}</bdi>
              </WaitButton>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-start gap-2">
        <AnswerField
          name={say.yourAnswer}
          placeholder={choices.length === 0 ? say.yourAnswer : say.orWrite}
          text={text}
          write={write}
          send={sendText}
          isReadOnly={isBusy(progress)}
        />
        <WaitButton name="text" tone="main" progress={progress} isOff={!fits(text)} onPress={sendText}>
          {say.sendAnswer}
        </WaitButton>
      </div>
      <div className="flex flex-wrap items-center gap-y-1">
        <div className="-ml-3 flex flex-wrap">
          <WaitButton name="skip" tone="plain" progress={progress} onPress={() => press('skip', { kind: 'skip' })}>
            {say.skip}
          </WaitButton>
          <WaitButton
            name="cancel"
            tone="plain"
            progress={progress}
            onPress={() => press('cancel', { kind: 'cancel' })}
          >
            {say.cancel}
          </WaitButton>
        </div>
        <p className="ml-auto text-xs text-soft">
          <Countdown until={until} say={say.expiresQuestion} />
        </p>
      </div>
    </>
  )
}
