// What the portal shows: where each table comes from and how to read the answer.

const WATTS_PER_KILOWATT = 1000;

/** Accrued and not invoiced, this calendar month. */
export function accrued() {
  return {
    title: 'Accrued this month',
    path: `/api/billing/projections/accrued?month=${new Date().toISOString().slice(0, 7)}`,
    columns: [
      { title: 'Contract' },
      { title: 'Tenant' },
      { title: 'Meter' },
      { title: 'Quantity', number: true },
      { title: 'Amount', number: true },
    ],
    rows: (body) =>
      body.contracts.flatMap((contract) => [
        ...contract.lines.map((line) => [
          contract.contract,
          contract.tenant,
          line.meter,
          `${line.quantity} ${line.unit}`,
          money(line.amount),
        ]),
        ...contract.credits.map((credit) => [
          contract.contract,
          contract.tenant,
          'credit',
          `availability ${credit.availabilityPercent} %`,
          `−${money(credit.amount)}`,
        ]),
        [contract.contract, contract.tenant, 'total', '', money(contract.total)],
      ]),
    note: (body) => `As of ${body.asOf}. In all: ${body.totals.map(money).join(', ') || 'nothing'}`,
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
  const [whole, minor] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${grouped}${minor ? `.${minor}` : ''} ${currency}`;
}

function power({ value }) {
  return `${(value / WATTS_PER_KILOWATT).toLocaleString('en', { maximumFractionDigits: 1 })} kW`;
}
