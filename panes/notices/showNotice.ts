'use client'
// Puts a notice on the page. One with the same id takes the place of the first. What is told before the board is there waits for it.
import type { NoticeProps } from './Notice.tsx'

export type Notice = Omit<NoticeProps, 'dismiss'> & {
  /** For what is offered longer. */
  shownMs?: number
  /** For an offer that ends by itself (ms, by this device's clock): then it is taken back, even if its time on the page stood still. */
  endsAt?: number
}

export type Board = { show: (id: string, notice: Notice) => void; withdraw: (id: string) => void }

let putUp: (board: Board) => void
const board = new Promise<Board>((resolve) => {
  putUp = resolve
})

/** NoticeBoard.tsx calls it, once it is drawn. */
export function putUpBoard(drawn: Board): void {
  putUp(drawn)
}

export function showNotice(id: string, notice: Notice): void {
  void board.then(({ show }) => show(id, notice))
}

export function withdrawNotice(id: string): void {
  void board.then(({ withdraw }) => withdraw(id))
}
