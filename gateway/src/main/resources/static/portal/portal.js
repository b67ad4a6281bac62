// The portal: who is signed in, and the figures that the roles allow. Text is only ever set as text, never as markup.
import { accrued, account, envelope } from '/portal/figures.js';

const SIGN_IN = '/oauth2/authorization/keycloak';

/** A session ends after 30 minutes without a request, and this page asks for nothing once its figures are there. */
const SESSION_MILLIS = 30 * 60 * 1000;

/** Greets the person, or offers to sign in, and puts the figures of the roles into the page. */
class MenaraSession extends HTMLElement {
  async connectedCallback() {
    const answer = await fetch('/api/me', { headers: { Accept: 'application/json' } });
    if (answer.ok) {
      this.#welcome(await answer.json());
    } else {
      this.#signedOut(answer.status);
    }
  }

  #welcome(me) {
    const of = me.organization ? ` of ${me.organization}` : '';
    const out = element('button', 'Sign out');
    out.type = 'button';
    out.addEventListener('click', () => this.#signOut());
    this.replaceChildren(element('p', `${me.name}${of} (${me.roles.join(', ') || 'no roles'})`), out);
    const main = document.getElementById('figures');
    main.replaceChildren(...figuresFor(me));
    // Figures do not stay on a screen for longer than their session, also where the gateway is away by then.
    setTimeout(() => location.assign('/'), SESSION_MILLIS);
    if (!main.hasChildNodes()) {
      main.append(element('p', 'There are no figures for your roles on this page.'));
    }
  }

  #signedOut(status) {
    const link = element('a', 'Sign in');
    link.className = 'action';
    link.href = SIGN_IN;
    this.replaceChildren(link);
    if (status !== 401) {
      this.prepend(alarm(`The gateway answered ${status}.`));
    } else if (new URLSearchParams(location.search).get('login') === 'failed') {
      this.prepend(alarm('Signing in did not succeed; please try again.'));
    }
  }

  async #signOut() {
    const answer = await fetch('/logout', { method: 'POST', headers: { 'X-XSRF-TOKEN': cookie('XSRF-TOKEN') } });
    if (answer.ok || answer.status === 401) {
      location.assign('/');
    } else {
      this.append(alarm('Signing out did not succeed; please try again.'));
    }
  }
}

/** One table of figures: fetches them, shows when they were known, or says why there are none. */
class MenaraFigures extends HTMLElement {
  /** @param figures what to fetch and how to read it: {title, path, columns: [{title, number}], rows(body), note(body)} */
  show(figures) {
    this.figures = figures;
    return this;
  }

  async connectedCallback() {
    const { title, path, rows, note } = this.figures;
    const wait = element('p', 'Loading …');
    wait.setAttribute('role', 'status');
    this.replaceChildren(element('h2', title), wait);
    try {
      const answer = await fetch(path, { headers: { Accept: 'application/json' } });
      const body = await answer.json();
      wait.replaceWith(answer.ok ? this.#table(rows(body), note(body)) : alarm(body.detail ?? `Error ${answer.status}`));
    } catch (failure) {
      // Whatever it was, a person must not look at "Loading" for ever.
      console.error(failure);
      wait.replaceWith(alarm('These figures could not be shown; please reload the page.'));
    }
  }

  #table(rows, note) {
    const { columns } = this.figures;
    const table = document.createElement('table');
    table.createCaption().textContent = note;
    const head = table.createTHead().insertRow();
    for (const column of columns) {
      const cell = element('th', column.title);
      cell.scope = 'col';
      cell.classList.toggle('number', Boolean(column.number));
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      row.forEach((value, i) => {
        const cell = line.insertCell();
        cell.textContent = value;
        cell.classList.toggle('number', Boolean(columns[i].number));
      });
    }
    const scroll = document.createElement('div');
    scroll.className = 'scroll';
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', this.figures.title);
    scroll.append(rows.length ? table : element('p', 'Nothing yet.'));
    return scroll;
  }
}

function figuresFor(me) {
  const has = (...roles) => roles.some((role) => me.roles.includes(role));
  const shown = [];
  if (has('finance', 'billing-clerk', 'billing-approver', 'auditor')) {
    shown.push(accrued());
  }
  if (has('partner') && me.organization) {
    shown.push(account(me.organization));
  }
  if (has('capacity-manager', 'operator', 'finance', 'partner', 'auditor')) {
    shown.push(envelope());
  }
  return shown.map((figures) => document.createElement('menara-figures').show(figures));
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function alarm(text) {
  const made = element('p', text);
  made.setAttribute('role', 'alert');
  return made;
}

// Over https its name begins with __Host-.
function cookie(name) {
  const found = document.cookie.split('; ').find((part) => part.replace(/^__Host-/, '').startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(found.indexOf('=') + 1)) : '';
}

customElements.define('menara-figures', MenaraFigures);
customElements.define('menara-session', MenaraSession);
