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
  'home.pictures.before': '「作る」か「画像を言葉にする」を押す前',
  'home.pictures.before.text': '画像はお使いのコンピューターから出ません。',
  'home.pictures.sent': '送った画像',
  'home.pictures.sent.text': 'その一回の作成だけに使い、保存しません。',
  'home.pictures.results': 'できた画像',
  'home.pictures.results.text': '削除するまで、あなただけのものとして暗号化して保存します。',
  'home.cookies':
    'Cookieは、サインイン中のもの、サインインの手続き中（数分間）のもの、言語のものの三つだけです。Cookieなしではサインインできません。',

  'account.to': 'アカウントへ',
  'account.profile': 'プロフィール',
  'account.name': '名前',
  'account.name.text': 'Mimicitではこの名前でお呼びします。空にすると、サインインに使った名前に戻ります。',
  'account.name.save': '名前を保存',
  'account.credits': 'クレジット',
  'account.credits.to': '残高・購入・上限',
  'account.number': 'アカウント番号',
  'account.places': 'サインイン中の場所',
  'account.places.text':
    '「すべてサインアウト」を押すと、上のすべてが一度に終わります。作成中の画像はそのまま続き、あとで受け取れます。',
  'account.everywhere': 'すべてサインアウト',
  'account.place.extension': '{browser}のパネル',
  'account.place.web': '{browser}で開いたこのサイト',
  'account.browser': 'ブラウザー',
  'account.here': 'このブラウザ',
  'account.place.times': '{since}から、最後の利用は{seen}',
  'account.place.sign-out': 'サインアウト：{where}',
  'account.pause': '一時停止',
  'account.pause.text': '一時停止している間は、新しい画像を作れません。画像を見る、保存する、削除することはできます。',
  'account.pause.go': 'アカウントを一時停止',
  'account.paused': 'アカウントを一時停止しています。画像を見る、保存する、削除することはできます。',
  'account.resume': '利用を再開',
  'account.paused.operator':
    '運営がこのアカウントを一時停止したため、新しい画像を作れません。画像を見る、保存する、削除することはできます。',

  'welcome.title': 'はじめる前に',
  'welcome.heading': '{name}さん、ようこそ',
  'welcome.text': 'アカウントを作る前に、二つお尋ねします。お答えいただくまで、あなたについて何も保存しません。',
  'welcome.age': '年齢を教えてください',
  'welcome.age.adult': '18歳以上',
  'welcome.age.with_parent': '13歳から17歳で、利用について保護者の同意を得ている',
  'welcome.age.under_13': '13歳未満',
  'welcome.age.kept': '保存するのはこの答えだけで、生年月日はお尋ねしません。',
  'welcome.makers': '画像と文の送り先',
  'welcome.makers.text':
    '「作る」を押すと、選んだ画像と書いた文が、選んだAIモデルの提供元に送られます。提供元の名前は、押す前にパネルに表示されます。当サービスの機器で動くモデルは、どこにも送りません。',
  'welcome.makers.advice':
    '秘密の内容、個人情報、共有の許しを得ていない他人の画像は送らないでください。送られたものは、提供元がその規則に従って保管することがあります。',
  'welcome.makers.yes': '読みました。問題ありません',
  'welcome.makers.missing': '続けるには、ここにチェックを入れてください。チェックがないと画像を作れません。',
  'welcome.go': '続ける',
  'welcome.back': '今はやめる',
  'welcome.young': 'Mimicitは13歳からご利用いただけます',
  'welcome.young.text': 'アカウントは作らず、あなたについて何も保存していません。大きくなったら、またお越しください。',

  'consent.title': 'もう一度ご確認ください',
  'consent.heading': '方針が変わりました',
  'consent.text': '次の画像を作る前に、もう一度二つの質問にお答えください。これまでのものはすべてそのままです。',
  'consent.done': 'ありがとうございます',
  'consent.done.text': 'パネルに戻り、もう一度「作る」を押してください。下書きはそのまま残っています。',
  'consent.young.text': 'すべての場所からサインアウトしました。このアカウントで画像を作ることはできません。',

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
  'problem.not_found': 'このページはありません',
  'problem.not_found.text': 'アドレスが間違っているか、ページが移動した可能性があります。失われたものはありません。',
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
