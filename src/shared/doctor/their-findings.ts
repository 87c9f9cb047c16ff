import type { Finding } from "#shared/domain/finding.ts";
import type { Checked, ExamineCall, Provider } from "#shared/providers/provider.ts";

/** What the provider says of the account: all that it can be asked, or whether it takes the token. */
export async function theirFindings(
  provider: Provider,
  call: ExamineCall,
): Promise<readonly Finding[]> {
  if (provider.examine !== undefined) return provider.examine(call);
  return provider.check === undefined ? [] : [ofChecked(await provider.check(call))];
}

const check = "token";

function ofChecked(checked: Checked): Finding {
  const { accountState } = checked;
  if (checked.state === "ok") {
    const state = accountState === undefined ? "" : ` and is ${accountState}`;
    return { check, state: "ok", says: `The provider takes the token${state}.` };
  }
  const { reason } = checked;
  if (checked.state === "unreached")
    return { check, state: "warn", says: `The provider did not answer: ${reason}` };
  return { check, state: "fail", says: `The provider refuses: ${reason}`, fix: checked.advice };
}
