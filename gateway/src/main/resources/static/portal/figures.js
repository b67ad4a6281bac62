// What the portal shows: where each table comes from and how to read the answer.

const WATTS_PER_KILOWATT = 1000;

/** What has accrued this calendar month, and what of it was invoiced. */
export function accrued() {
  return {
    title: 'Accrued this month',
    path: `/api/billing/projections/accrued?month=${new Date().toISOString().slice(0, 7)}`,
    columns: [
      { title: 'Contract' },
      { title: 'Tenant' },
      { title: 'What' },
      { title: 'Quantity', number: true },
      { title: 'Amount', number: true },
    ],
    rows: (body) =>
      body.contracts.flatMap((contract) => {
        const row = (what, quantity, amount) => [contract.contract, contract.tenant, what, quantity, amount];
        return [
          ...contract.lines.map((line) =>
            row(line.charge, line.quantity ? `${line.quantity} ${line.unit}` : '', money(line.amount)),
          ),
          ...contract.creditLines.map((credit) =>
            row('service credit', `availability ${credit.availabilityPercent} %`, negative(credit.amount)),
          ),
          ...contract.documents
            .filter((document) => document.kind === 'concession')
            .map((document) => row(`credit note ${document.number}`, '', money(document.net))),
          row('accrued', '', money(contract.accrued)),
          row('invoiced', '', money(contract.invoiced)),
          row('unbilled', '', money(contract.unbilled)),
        ];
      }),
    note: (body) =>
      `As of ${body.asOf}. Accrued in all: ${body.totals.map((total) => money(total.accrued)).join(', ') || 'nothing'}`,
  };
}

/** A partner's own capital account. */
export function account(partner) {
  return {
    title: 'Capital account',
    path: `/api/investment/partners/${encodeURIComponent(partner)}/account`,
    columns: [{ title: 'Balance' }, { title: 'Amount', number: true }],
    rows: (body) =>
      ['commitment', 'called', 'contributed', 'outstanding', 'unfunded']
        .filter((balance) => body[balance])
        .map((balance) => [balance, money(body[balance])]),
    note: (body) => `${body.partner}, as of ${body.asOf}`,
  };
}

/** Power at every node: what there is, what is promised, what is free. */
export function envelope() {
  return {
    title: 'Power envelope',
    path: '/api/capacity/envelope',
    columns: [
      { title: 'Node' },
      { title: 'Limit', number: true },
      { title: 'Committed', number: true },
      { title: 'Free', number: true },
    ],
    rows: (body) => body.nodes.map((node) => [node.node, power(node.limit), power(node.committed), power(node.free)]),
    note: (body) => `At ${body.at}`,
  };
}

function money({ amount, currency }) {
  const [whole, minor] = amount.replace('-', '−').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${grouped}${minor ? `.${minor}` : ''} ${currency}`;
}

function negative(amount) {
  return money({ ...amount, amount: amount.amount.startsWith('-') ? amount.amount.slice(1) : `-${amount.amount}` });
}

function power({ value }) {
  return `${(value / WATTS_PER_KILOWATT).toLocaleString('en', { maximumFractionDigits: 1 })} kW`;
}
