/** `7digital-graphql records confirm`: an operator says that the database of purchase records, restored or promoted, lacks no purchase. */
import { PostgresDatabase } from "../../purchase/stores/postgres-database.js";

/** @returns What was done. @throws RecordsUnavailable with the reason. */
export async function confirmPostgresRecords(databaseUrl: string): Promise<string> {
  const database = new PostgresDatabase(databaseUrl);
  try {
    await database.confirm();
    return "Confirmed: purchases are recorded in this database, as it is now. Running copies go on by themselves.\n";
  } finally {
    await database.close();
  }
}
