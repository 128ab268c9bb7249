import type { en } from './en.ts'

export const ja: Record<keyof typeof en, string> = {
  'language.switch': '言語',

  'home.title': 'Mimicit：見つけた画像から、新しい一枚を',
  'home.heading.see': '見つけた画像から、',
  'home.heading.make': '新しい一枚を。',
  'home.lead':
    'MimicitはChromeのサイドパネルで動きます。読んでいるページの画像を選び、どうしたいかを書くと、モデルが新しい画像を作ります。ページを離れる必要はありません。',
  'home.account': 'アカウント',
  'home.signed-in': '「{name}」さんとしてサインインしています。',
  'home.signed-out': 'サインインしていません。',
  'home.sign-in': 'サインイン',
  'home.sign-out': 'サインアウト',
  'home.with.embedded': '開発用のサーバーです。この端末に保存したアカウントでサインインします。',
  'home.with.google': 'Googleアカウントでサインインします。Mimicitがパスワードを知ることはありません。',
  'home.panel': 'パネルを開く',
  'home.panel.icon':
    'ChromeのツールバーにあるMimicitのアイコンを押します。見当たらないときは、パズルのピースの中にあります。',
  'home.panel.menu': 'または、ページの画像を右クリックして「この画像から作る」を選びます。',
  'home.panel.generate': 'どうしたいかを書いて「作る」を押します。料金はボタンに表示されます。',
  'home.pictures': '画像の扱い',
  'home.pictures.before': '「作る」の前',
  'home.pictures.before.text': '画像はお使いのコンピューターから出ません。',
  'home.pictures.sent': '送った画像',
  'home.pictures.sent.text': 'その一回の作成だけに使い、保存しません。',
  'home.pictures.results': 'できた画像',
  'home.pictures.results.text': '削除するまで、あなただけのものとして暗号化して保存します。',
  'home.cookies':
    'Cookieは、サインイン中のもの、サインインの手続き中（数分間）のもの、言語のものの三つだけです。Cookieなしではサインインできません。',

  'connect.title': '拡張機能の接続',
  'connect.heading': 'この拡張機能を「{name}」さんのアカウントに接続しますか？',
  'connect.text':
    'このブラウザーのMimicit拡張機能が、このアカウントにサインインします。クレジットを使い、履歴を見られるようになります。',
  'connect.started': 'パネルで「サインイン」を押した直後の場合だけ、接続してください。',
  'connect.yes': '接続',
  'connect.no': '今はやめる',
  'connect.other': '別のアカウントを使う',
  'connect.unknown.title': '確認できない拡張機能です',
  'connect.unknown.text':
    'Mimicitのものではない拡張機能からの要求でした。何も接続していません。Chromeウェブストアの公式ページからMimicitをインストールしてください。',

  'handover.title': '拡張機能のサインイン',
  'handover.working': '拡張機能にサインインしています…',
  'handover.working.text': 'しばらくお待ちください。',
  'handover.done': 'サインインしました。',
  'handover.done.text': 'このページは閉じてかまいません。',
  'handover.silent': '拡張機能から応答がありません',
  'handover.silent.text':
    'Mimicitのパネルを確かめてください。サインインしていなければ、そこでもう一度「サインイン」を押してください。',
  'handover.missing': 'Mimicit拡張機能が見つかりません',
  'handover.missing.text':
    'このブラウザーから接続できません。Chromeの拡張機能のページでMimicitが有効なことを確かめてから、パネルでもう一度「サインイン」を押してください。',
  'handover.script':
    'この手順だけはJavaScriptが必要です。このサイトで許可してから、パネルでもう一度「サインイン」を押してください。',

  'cancelled.title': 'サインインを中止しました',
  'cancelled.text': '何も変更せず、何も保存していません。',

  'again.sign-in': 'もう一度サインイン',
  'again.home': '最初のページへ',

  'problem.sign_in_failed': 'サインインできませんでした',
  'problem.sign_in_failed.text':
    '時間がかかりすぎたか、手続きが使用済みか、別のブラウザーで始めた可能性があります。Cookieを止めている場合は、このサイトで許可してください。Cookieなしではサインインできません。',
  'problem.signed_out': 'サインアウトしています',
  'problem.signed_out.text':
    'ここでのサインインは終了しました。何も変更していません。続けるには、もう一度サインインしてください。',
  'problem.forbidden_origin': 'このサイトのページからの操作ではありません',
  'problem.forbidden_origin.text':
    '別の場所から送られたか、フォームが古いため、何も行っていません。最初のページからやり直してください。',
  'problem.invalid_request': 'リンクが正しくありません',
  'problem.invalid_request.text':
    'アドレスの一部が足りないか、間違っています。何も行っていません。もとの場所からやり直してください。',
  'problem.too_many_requests': 'アクセスが多すぎます',
  'problem.too_many_requests.text': '一分ほど待ってから、もう一度お試しください。',
  'problem.unavailable': '一時的に利用できません',
  'problem.unavailable.text':
    '今はサインインを完了できません。何も変更していません。一分ほど待ってから、もう一度お試しください。',
  'problem.internal': 'サーバー側で問題が起きました',
  'problem.internal.text': '料金はかかっていません。一分ほど待ってから、もう一度お試しください。',

  'embedded.title': 'この端末のアカウント',
  'embedded.text':
    '開発中にGoogleの代わりをするページです。アカウントはこの端末のファイルに保存され、パスワードはありません。',
  'embedded.choose': 'アカウントを選ぶ',
  'embedded.add': 'アカウントを追加',
  'embedded.name': '名前',
  'embedded.email': 'メールアドレス',
  'embedded.create': '追加してサインイン',
  'embedded.cancel': '中止',
}
