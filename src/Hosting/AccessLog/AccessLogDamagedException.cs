namespace LicenceChain.Hosting.AccessLog;

/// <summary>
/// The log on disk is not what was written: records that were confirmed are missing or changed. The service must not go on with it;
/// the message says where the damage lies and what to do.
/// </summary>
public sealed class AccessLogDamagedException(string message) : Exception(message);
