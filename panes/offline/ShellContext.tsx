'use client'
// Whether this page is the shell, which was made for nobody: what the server told it about who is signed in means nothing.
import { createContext } from 'react'

export const ShellContext = createContext(false)
