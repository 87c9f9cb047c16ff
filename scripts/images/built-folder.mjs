// Builds the Debian root where it is missing and prints the folder that holds it.
import { builtOnce } from "../services/ways/debian.mjs";

console.log(await builtOnce((line) => console.error(line)));
