/** Removes a container at once with its volumes; it may be gone already. */
export async function removeContainer(id) {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const { getContainerRuntimeClient } = await import("testcontainers");
  const { dockerode } = (await getContainerRuntimeClient()).container;
  await dockerode
    .getContainer(id)
    .remove({ force: true, v: true })
    .catch((error) => {
      if (error.statusCode !== 404) throw error;
    });
}
