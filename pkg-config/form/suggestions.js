// Job titles that are offered while one types, one list per language. A test holds each to be read
// by the vocabulary without doubt, so that whoever takes one is asked no more about it.

/** @type {Record<string, string>} */
export const titles = {
  en: 'CEO|Founder|Managing Director|CFO|CIO|CMO|COO|VP Marketing|VP Sales|VP Engineering|Head of Marketing|Head of Sales|Head of IT|Head of HR|Head of Product|Head of Operations|Marketing Director|Sales Director|Finance Director|HR Director|Marketing Manager|Sales Manager|HR Manager|IT Manager|Purchasing Manager|Engineering Manager|Software Engineer|Student',
  de: 'Geschäftsführer|Geschäftsführerin|Inhaber|Inhaberin|CEO|CFO|Marketingleiter|Marketingleiterin|Vertriebsleiter|Vertriebsleiterin|IT-Leiter|IT-Leiterin|Personalleiter|Personalleiterin|Leitung Marketing|Leitung Vertrieb|Leitung Einkauf|Marketing Manager|Vertriebsmitarbeiter|Personalreferentin|Softwareentwickler|Softwareentwicklerin|Student|Studentin',
  fr: 'Directeur général|Directrice générale|Gérant|PDG|Directeur marketing|Directrice marketing|Directeur commercial|Directrice commerciale|Directeur financier|Directrice financière|DSI|DRH|Ingénieur logiciel|Étudiant|Étudiante',
  es: 'Director general|Directora general|CEO|Propietario|Director de marketing|Directora de marketing|Director comercial|Directora comercial|Director financiero|Directora financiera|Director de recursos humanos|Jefe de ventas|Jefa de marketing|Ingeniero de software|Estudiante',
  it: 'Amministratore delegato|Titolare|Direttore generale|Direttrice generale|Direttore marketing|Direttrice marketing|Direttore commerciale|Direttrice commerciale|Direttore finanziario|Ingegnere del software|Studente|Studentessa',
  nl: 'Algemeen directeur|Eigenaar|CEO|CFO|Marketingdirecteur|Commercieel directeur|Financieel directeur|Hoofd marketing|Hoofd verkoop|Hoofd IT|Hoofd inkoop|Marketingmanager|Salesmanager|HR-manager|Inkoper|Softwareontwikkelaar|Student',
  pt: 'Diretor geral|Diretora geral|CEO|Sócio gerente|Diretor de marketing|Diretora de marketing|Diretor comercial|Diretora comercial|Diretor financeiro|Diretora financeira|Gerente de marketing|Gerente de vendas|Gerente de compras|Gerente de TI|Engenheiro de software|Estudante',
  ja: '代表取締役|取締役|マーケティング部長|営業部長|人事部長|営業課長|学生',
};
