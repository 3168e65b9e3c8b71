/** Visits pages as a person with a browser does: keeps cookies, follows redirects on the same host, fills in forms and presses buttons. */

import { request, type Dispatcher } from "undici";

export interface Seen {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export class Visitor {
  private readonly cookies = new Map<string, string>();
  private readonly dispatcher: Dispatcher | undefined;

  constructor(dispatcher?: Dispatcher) {
    this.dispatcher = dispatcher;
  }

  get(url: string): Promise<Seen> {
    return this.follow(url);
  }

  /** Presses the button in the form it stands in. A button that stands there several times is told apart by a text of its form. */
  async press(page: Seen, button: string, fields: Readonly<Record<string, string>> = {}, formWith = ""): Promise<Seen> {
    const forms = page.text.match(/<form[\s\S]*?<\/form>/g) ?? [];
    const form = forms.find((text) => text.includes(`value="${button}"`) && text.includes(formWith));
    if (form === undefined) throw new Error(`No form with the button ${button} at ${page.url}:\n${page.text}`);
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const sent = new URLSearchParams({ ...fields, action: button });
    for (const [, name = "", value = ""] of hidden) if (!(name in fields)) sent.set(name, value);
    return this.follow(page.url, sent.toString());
  }

  private async follow(url: string, body?: string): Promise<Seen> {
    const seen = await this.ask(url, body);
    const location = seen.headers["location"];
    if (typeof location !== "string") return seen;
    const next = new URL(location, url);
    return next.host === new URL(url).host ? this.follow(next.href) : seen;
  }

  private async ask(url: string, body: string | undefined): Promise<Seen> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await request(url, {
      headers: { cookie, ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }) },
      ...(body === undefined ? {} : { method: "POST", body }),
      ...(this.dispatcher === undefined ? {} : { dispatcher: this.dispatcher }),
    });
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(String(answer.headers["set-cookie"] ?? "")) ?? [];
    if (name !== undefined) this.cookies.set(name, value ?? "");
    return { url, status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }
}
