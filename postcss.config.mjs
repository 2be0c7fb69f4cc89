// Tailwind 4: its settings are in app/globals.css.
export default { plugins: { '@tailwindcss/postcss': {} } }
