export const en = {
  'language.switch': 'Language',

  'home.title': 'Mimicit: make something from a picture you see',
  'home.heading.see': 'See a picture.',
  'home.heading.make': 'Make something from it.',
  'home.lead':
    'Mimicit lives in Chrome’s side panel. Pick a picture on the page you are reading, say what you want, and a model makes a new one. You never leave the page.',
  'home.account': 'Your account',
  'home.signed-in': 'You are signed in as {name}.',
  'home.signed-out': 'You are not signed in.',
  'home.sign-in': 'Sign in',
  'home.sign-out': 'Sign out',
  'home.with.embedded': 'This backend runs for development: you sign in with an account kept on this machine.',
  'home.with.google': 'You sign in with your Google account. Mimicit never sees a password.',
  'home.panel': 'Open the panel',
  'home.panel.icon': 'Click the Mimicit icon in Chrome’s toolbar. If you do not see it, look behind the puzzle piece.',
  'home.panel.menu': 'Or right-click a picture on any page and choose “Generate from image”.',
  'home.panel.generate': 'Write what you want and press Generate. The price is on the button.',
  'home.pictures': 'What happens to pictures',
  'home.pictures.before': 'Before Generate',
  'home.pictures.before.text': 'A picture stays on your computer.',
  'home.pictures.sent': 'Pictures you send',
  'home.pictures.sent.text': 'They are used for this one job and are not kept.',
  'home.pictures.results': 'Results',
  'home.pictures.results.text': 'They are stored encrypted, for you alone, until you delete them.',
  'home.cookies':
    'Cookies: one while you are signed in, one for the minutes of signing in, one for your language. No others. Without cookies you cannot sign in.',

  'account.to': 'Your account',
  'account.profile': 'Profile',
  'account.name': 'Name',
  'account.name.text': 'Mimicit calls you by this name. Left empty, it is the name of your sign-in again.',
  'account.name.save': 'Save the name',
  'account.credits': 'Credits',
  'account.credits.to': 'Balance, purchases and limits',
  'account.number': 'Account number',
  'account.places': 'Where you are signed in',
  'account.places.text': 'Signing out everywhere ends all of them at once. Pictures being made go on and wait for you.',
  'account.everywhere': 'Sign out everywhere',
  'account.place.extension': 'Panel in {browser}',
  'account.place.web': 'This website in {browser}',
  'account.browser': 'a browser',
  'account.here': 'This one',
  'account.place.times': 'Since {since}, last used {seen}',
  'account.place.sign-out': 'Sign out: {where}',
  'account.pause': 'Pause',
  'account.pause.text':
    'While your account is paused, nothing can be made with it. You can still see, download and delete your pictures.',
  'account.pause.go': 'Pause my account',
  'account.paused': 'You have paused your account. You can still see, download and delete your pictures.',
  'account.resume': 'Go on using it',
  'account.paused.operator':
    'We have paused this account, so nothing can be made with it. You can still see, download and delete your pictures.',

  'welcome.title': 'Before you begin',
  'welcome.heading': 'Welcome, {name}',
  'welcome.text': 'Two questions before you have an account here. Until you answer, nothing about you is stored.',
  'welcome.age': 'How old are you?',
  'welcome.age.adult': '18 or older',
  'welcome.age.with_parent': '13 to 17, and a parent or guardian agrees to my using Mimicit',
  'welcome.age.under_13': 'Younger than 13',
  'welcome.age.kept': 'We keep your answer, not your birthday.',
  'welcome.makers': 'Where pictures and words go',
  'welcome.makers.text':
    'When you press Generate, the pictures you chose and your words go to the maker of the AI model you chose. The panel names the maker before you press. Models that run on our own machine send nothing on.',
  'welcome.makers.advice':
    'Please send nothing secret, no personal details, and no pictures of other people that you may not share. A maker may keep what it is sent by its own rules.',
  'welcome.makers.yes': 'I have read this, and that is fine with me',
  'welcome.makers.missing': 'Please tick this box to go on. Without it, pictures cannot be made.',
  'welcome.go': 'Continue',
  'welcome.back': 'Not now',
  'welcome.young': 'Mimicit is for people aged 13 and over',
  'welcome.young.text': 'You have no account here, and we have kept nothing about you. Come back when you are older.',

  'consent.title': 'Please read this again',
  'consent.heading': 'Our policy has changed',
  'consent.text':
    'Before you make more pictures, please answer these two questions again. Everything of yours is still there.',
  'consent.done': 'Thank you',
  'consent.done.text': 'Go back to the panel and press Generate again. Your draft is there.',
  'consent.young.text': 'You are signed out everywhere, and nothing more can be made with this account.',

  'connect.title': 'Connect the extension',
  'connect.heading': 'Connect this extension to {name}?',
  'connect.text':
    'The Mimicit extension in this browser will be signed in to this account: it can use your credits and see your history.',
  'connect.started': 'Connect only if you have just pressed “Sign in” in the panel.',
  'connect.yes': 'Connect',
  'connect.no': 'Not now',
  'connect.other': 'Use another account',
  'connect.unknown.title': 'This extension is not known',
  'connect.unknown.text':
    'The request came from an extension that does not belong to Mimicit. Nothing was connected. Install Mimicit from its own page in the Chrome Web Store.',

  'handover.title': 'Signing in the extension',
  'handover.working': 'Signing in the extension …',
  'handover.working.text': 'This takes a moment.',
  'handover.done': 'You are signed in.',
  'handover.done.text': 'You can close this page.',
  'handover.silent': 'The extension did not answer',
  'handover.silent.text':
    'Look at the Mimicit panel. If it does not show you as signed in, press “Sign in” there again.',
  'handover.missing': 'There is no Mimicit extension here',
  'handover.missing.text':
    'This browser offers no connection to it. Check on Chrome’s extensions page that Mimicit is installed and switched on, then press “Sign in” in its panel again.',
  'handover.script': 'This one step needs JavaScript. Allow it for this site, then press “Sign in” in the panel again.',

  'cancelled.title': 'Sign-in cancelled',
  'cancelled.text': 'Nothing was changed, and nothing was stored.',

  'again.sign-in': 'Sign in again',
  'again.home': 'To the start page',

  'problem.sign_in_failed': 'The sign-in did not work',
  'problem.sign_in_failed.text':
    'It took too long, was already used, or began in another browser. If this browser blocks cookies, allow them for this site: without cookies you cannot sign in.',
  'problem.signed_out': 'You are signed out',
  'problem.signed_out.text': 'Your sign-in here has ended. Nothing was changed. Sign in again to go on.',
  'problem.forbidden_origin': 'This did not come from our own page',
  'problem.forbidden_origin.text':
    'The form was sent from elsewhere or is too old, so nothing was done. Go to the start page and try again.',
  'problem.invalid_request': 'This link is not complete',
  'problem.invalid_request.text':
    'Part of the address is missing or wrong. Nothing was done. Begin again where you started.',
  'problem.too_many_requests': 'Too many requests',
  'problem.too_many_requests.text': 'Please wait a minute, then try again.',
  'problem.unavailable': 'Not available for a moment',
  'problem.unavailable.text':
    'Signing in cannot be completed right now. Nothing was changed. Please try again in a minute.',
  'problem.internal': 'Something went wrong on our side',
  'problem.internal.text': 'Nothing was charged. Please try again in a minute.',

  'embedded.title': 'Local accounts on this machine',
  'embedded.text':
    'This page stands in for Google while Mimicit runs for development. The accounts live in a file on this machine; none has a password.',
  'embedded.choose': 'Choose an account',
  'embedded.add': 'Add an account',
  'embedded.name': 'Name',
  'embedded.email': 'E-mail',
  'embedded.create': 'Add and sign in',
  'embedded.cancel': 'Cancel',
} as const
