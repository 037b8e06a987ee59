// File modes are a matter of Unix; the suite runs there.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
