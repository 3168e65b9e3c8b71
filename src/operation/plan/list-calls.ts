/** The calls for the pages of lists. */
import type { ListKind, Method } from "../../graph/field-cost.js";
import { windowOf, type PagingArgs } from "../../graph/paging.js";
import type { ItemPages } from "../../shared/item-pages.js";
import { firstPage, type PageCall } from "../../shared/window-plan.js";
import type { Store } from "../../upstream/session.js";
import type { Calls } from "./batched-calls.js";
import { noArguments, type PlannedCalls } from "./planned-calls.js";
import type { Named } from "./things.js";

export interface ListFacts {
  /** The store that the operation runs in. */
  readonly store: Store;
  /** The largest pages that 7digital is known to give. */
  readonly pageSizes: { readonly catalogue: { readonly value: number }; readonly locker: { readonly value: number } };
  /** On which page of its list an item was found last. */
  readonly pageOf: ItemPages["pageOf"];
}

interface WindowOfList {
  readonly method: string;
  readonly list: ListKind;
  /** The arguments, those that page it apart, and the store. */
  readonly what: string;
  readonly paging: PagingArgs;
}

/** By the API document. */
const largestPage = 500;

/** As the name of the object at the root. */
const root = "";

export class ListCalls {
  constructor(private readonly facts: ListFacts) {}

  /** All pages of a list that holds the items of all objects.
   *  @param count Of the largest pages. */
  addAll(calls: PlannedCalls, method: string, count: number): void {
    const last = count * Math.ceil(largestPage / this.facts.pageSizes.catalogue.value);
    for (let page = 1; page <= last; page++) this.addPage(calls, method, page);
  }

  /** The page that the item is known to be on, or all. */
  addItem(calls: PlannedCalls, method: string, count: number, id: string): void {
    const { store, pageOf, pageSizes } = this.facts;
    const page = pageOf({ method, store, pageSize: pageSizes.catalogue.value, id });
    if (page === undefined) this.addAll(calls, method, count);
    else this.addPage(calls, method, page);
  }

  /** The pages of a window, of each of these parents. */
  addWindow(calls: PlannedCalls, { method, list, what, paging }: WindowOfList, parents: readonly Named[]): void {
    for (const page of list.plan(windowOf(paging), this.facts.pageSizes[list.of].value)) {
      for (const { name, count } of parents) calls.add(pageName(method, name, what, page), method, count);
    }
  }

  /** The first page of the whole list: the call that the list itself costs. */
  whole({ path: method }: Method, { name, count }: Named, what: string): Calls {
    return { name: pageName(method, name, what, firstPage(this.facts.pageSizes.catalogue.value)), method, count };
  }

  private addPage(calls: PlannedCalls, method: string, page: number): void {
    const pageSize = this.facts.pageSizes.catalogue.value;
    calls.addShared(pageName(method, root, noArguments, { page, pageSize }), method);
  }
}

function pageName(method: string, name: string, what: string, { page, pageSize }: PageCall): string {
  return `${method} ${name} ${what} ${String(page)}/${String(pageSize)}`;
}
