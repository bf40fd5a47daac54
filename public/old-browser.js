// biome-ignore-all lint/complexity/useArrowFunction: browsers without modules have no arrow functions
/* Only browsers without modules fetch this: says in one sentence what to do. Old syntax on purpose. */
;(function () {
  var place = document.getElementById('app') || document.documentElement
  var say = function (text, language) {
    var line = document.createElement('p')
    line.lang = language
    line.dir = language === 'ar' || language === 'ckb' ? 'rtl' : 'ltr'
    line.appendChild(document.createTextNode(text))
    place.appendChild(line)
  }
  window.addEventListener('DOMContentLoaded', function () {
    place = document.getElementById('app') || place
    say('هذا المتصفح قديم وقد يضيع ما يُكتب فيه. الحل: تحديثه أو متصفح آخر', 'ar')
    say('ئەم وێبگەڕە کۆنە و لەوانەیە نووسین ون بێت. چارەسەر: نوێکردنەوەی یان وێبگەڕێکی تر', 'ckb')
    say('This browser is too old to keep what you write. Update it or use another', 'en')
    say('Navigateur trop ancien pour tout garder. Le mettre à jour ou en changer', 'fr')
  })
})()
