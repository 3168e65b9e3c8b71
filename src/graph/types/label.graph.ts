/** Labels and licensors in the graph. */
import { builder } from "../builder.js";
import type { Label, Licensor } from "../../shared/label.js";

export const labelRef = builder.objectRef<Label>("Label").implement({
  description: "The record label of a release.",
  fields: (t) => ({
    labelId: t.exposeID("labelId", { nullable: false, description: "7digital's ID of the label." }),
    name: t.exposeString("name", { description: "Name of the label. Null if 7digital does not send it." }),
  }),
});

export const licensorRef = builder.objectRef<Licensor>("Licensor").implement({
  description: "The company that controls the rights to a release.",
  fields: (t) => ({
    licensorId: t.exposeID("licensorId", { nullable: false, description: "7digital's ID of the licensor." }),
    name: t.exposeString("name", { description: "Name of the licensor. Null if 7digital sends only the ID." }),
  }),
});
