// The look of menus and of what hangs below a button, the same everywhere.
export const surfaceLook =
  'enter z-50 max-h-(--radix-popper-available-height) overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 text-sm text-ink shadow-[0_8px_30px_var(--shade)] thin-scroll'

/** Items that can be chosen leave room for their mark: `markedLook` besides. */
export const itemLook =
  'relative flex min-h-10 cursor-pointer flex-col justify-center rounded-xl px-3 py-1.5 outline-none select-none data-highlighted:bg-hover'

export const markedLook = '[padding-inline-start:2rem]'
